"""What runs, and when: the only folder that imports prefect.

A flow reads the facts, takes today once, asks the pure core what is due, performs each action in a task of its own,
and appends what happened. No flow sleeps, waits or is parked.
"""
