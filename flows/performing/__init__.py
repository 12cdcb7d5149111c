"""Performing the decision's actions: a task each, what several share, and what happens when a run fails."""
