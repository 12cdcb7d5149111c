"""Process control charts: what a series says, its specification, and how it is drawn, offline."""
