"""The published catalogue as tables for others to reuse: each column defined once, for every use.

One definition (`columns.Table`) makes the data dictionary, both downloads and the API's answers, so
that none can drift from another. What is left out: drafts, whatever was withdrawn, who wrote or
published a row, and everything about vendors.
"""
