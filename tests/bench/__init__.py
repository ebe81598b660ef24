"""How fast the site is, by `make bench`; never part of the suite, since a timed test lies."""
