"""How a story is put on stage: everything in one process but Prefect's server and the mail server's own thread.

Real: the flows and their tasks against a Prefect server, the register, the store, the checks, the pages with every form
and link, the emails as a mail server took them, the releases with their packs. Only the clock is a file, and the pages
are called without a network between them and the browser.
"""
