"""What keeps an installation going: Prefect server, worker and web pages, each started again when it ends."""
