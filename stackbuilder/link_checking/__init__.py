"""Follows the links of listings as a polite program does, and notes how they answered."""
