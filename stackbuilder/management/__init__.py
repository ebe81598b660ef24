"""Commands of the upper app."""
