"""Search: from what somebody types to the thing that is meant, the same on either database."""
