"""What people are told of a quarter in sentences: the audit listing, who owes what, how complete it is, the plan."""
