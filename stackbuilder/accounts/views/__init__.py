"""Pages of accounts: logging in, and the second factor."""
