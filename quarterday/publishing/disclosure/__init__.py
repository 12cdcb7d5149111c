"""Disclosure control: what is hidden, what else must be hidden for its sake, and an attack to prove it."""
