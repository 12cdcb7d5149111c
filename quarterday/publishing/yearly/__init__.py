"""The yearly review: four quarters together, from what was released of each."""

NAME = "review"  # of its files: review.html, review.pdf and so on
