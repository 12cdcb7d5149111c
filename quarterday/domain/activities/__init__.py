"""What was told of activities: the words that hold, what an answer needs, and how each stands by an open rule."""
