"""A partner's pages: what is asked, sending figures, every other answer, and the receipt."""
