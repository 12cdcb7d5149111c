"""From returns to figures: what came, what a check saw in it, and which value counts for which days."""
