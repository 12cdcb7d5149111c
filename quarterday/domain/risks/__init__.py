"""Risks and bids as they stand: what a review needs, which are missed, what became of money that was asked for."""
