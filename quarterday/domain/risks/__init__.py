"""Risks, bids and what is owed outward, as they stand: what a review needs, what became of money, what was sent."""
