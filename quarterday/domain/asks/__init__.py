"""What is asked of boards: before which board an ask lies, what answering it needs, and the actions that follow."""
