"""Turns a file's bytes into tables of cells. Runs only inside the limited process that `reading.process` starts.

Imports nothing heavy at its root and nothing else of quarterday's: the process must start in milliseconds.
"""
