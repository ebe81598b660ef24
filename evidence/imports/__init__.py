"""Studies from elsewhere: a PubMed, RIS, CSV or JSON file, or a record fetched over the network.

A source gives rows; a row holds one study (a candidate) or the problems that refuse it, and notes
on what was cleaned. A row is new, known, or conflicting with what the database says. Nothing is
written before a person has seen that and chosen; a bad row never stops the rest.

`reading` and all it imports knows no Django. `matching`, `preview`, `storing` and `retractions`
ask and write the database; `fetching` asks the network.
"""
