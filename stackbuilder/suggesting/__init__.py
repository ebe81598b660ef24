"""The best stack under a visitor's own limits: the question, the answer in words, its curves."""
