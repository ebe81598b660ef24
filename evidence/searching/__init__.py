"""What can be searched for: one row for each public thing, its words folded, its index.

`folding` says when two spellings are the same, `texts` what is written down of each thing,
`index` keeps the rows in step with the evidence, `fulltext` asks either database.
"""
