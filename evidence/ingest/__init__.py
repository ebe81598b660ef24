"""From the catalogue's files to rows: everything wrong is named first, then all is written."""
