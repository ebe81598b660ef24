"""The roles of staff, by the names that the migrations give them.

What each may do is written in those migrations and, once more and by hand, in the table of the
tests. In short: a curator writes the evidence and publishes none of it; a reviewer reads it,
publishes and withdraws; a vendor manager keeps vendors and listings; an administrator has every
right of the other three and keeps accounts, roles and the audit trail.

Two people publish: whoever is both a curator and a reviewer still cannot publish what they wrote
(`evidence.workflow`). What is public is deleted only by those who may publish.
"""

CURATOR = "Curator"
REVIEWER = "Reviewer"
VENDOR_MANAGER = "Vendor manager"
ADMINISTRATOR = "Administrator"

ROLES = (CURATOR, REVIEWER, VENDOR_MANAGER, ADMINISTRATOR)
