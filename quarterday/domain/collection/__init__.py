"""Where a quarter stands and what is due: the timetable, the standing of requests, the one decision, and the end."""
