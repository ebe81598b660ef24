"""What a visitor says of their health: where it is kept, how it is asked, what it does."""
