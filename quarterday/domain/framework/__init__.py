"""What `config/` says: partners, agreements, the ladder, indicators, exports, periods and working days."""
