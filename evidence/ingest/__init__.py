"""From the catalogue's files to rows, all or nothing; and from rows back to the same files."""
