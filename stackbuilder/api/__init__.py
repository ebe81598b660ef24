"""The read-only API, version 1: the same figures as the pages, from the same functions, as JSON.

It says what the pages say to everybody, and nothing about anybody: answers about health are not
taken, no cookie is read, and nothing can be written.
"""
