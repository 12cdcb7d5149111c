-- Prefect's own database beside the register's.
CREATE DATABASE prefect;
