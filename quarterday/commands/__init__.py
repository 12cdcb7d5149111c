"""The command line, a file a command: `quarterday NAME` imports only `commands/NAME.py`."""
