"""Files of vendors: what is wrong with one, and how a good one becomes rows."""
