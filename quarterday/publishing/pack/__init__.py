"""What boards read: one pack a board, in four formats, from the protected tables alone."""
