"""What changed on the whole site, for readers: acts with what they moved and what caused it."""
