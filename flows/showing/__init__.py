"""What the Prefect UI shows: artifacts, charts, names and tags."""
