"""What years strike too rarely, or not at all, played by itself in a copy of a quarter: pages, decisions, commands."""
