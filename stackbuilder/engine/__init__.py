"""The arithmetic of the builder: pure, so no Django, clock, input or output, and no state."""
