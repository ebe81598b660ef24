"""The builder and the site's own pages."""
