"""A visitor's stack: the panel beside the ranking, saving it, printing it, CSV and JSON."""
