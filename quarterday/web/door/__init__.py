"""Who may come in: links, codes, forms that are ours, and what slows guessing."""
