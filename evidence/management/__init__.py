"""Commands for curators and operators."""
