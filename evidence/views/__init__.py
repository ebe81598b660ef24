"""The evidence, page by page."""
