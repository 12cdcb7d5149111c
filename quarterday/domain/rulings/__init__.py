"""What an officer may decide, checked before it is recorded, and what waits for a decision."""
