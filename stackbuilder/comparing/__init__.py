"""Two to four compounds side by side."""
