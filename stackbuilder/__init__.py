"""Stackbuilder: the project package, and the app that ranks what `evidence` knows."""
