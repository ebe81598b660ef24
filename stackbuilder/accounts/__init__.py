"""Accounts of staff: who may do what, how they log in, and what is kept of it.

Rights come with roles (`roles`), given by migrations (`grants`); nobody needs more than one account
of the administrators to run the site, and none of them is a superuser. A superuser, made on the
server's command line alone, may do everything everywhere and no role can touch such an account.

A log-in is a password, and a code for whoever has set up a second factor (`second_factor`). Until
the code is there nobody is logged in (`pending`), and a session that lacks it counts for nothing on
any page (`middleware`). Failures are counted and lead to a lock-out (`lockout`).

What happens to accounts, roles and second factors is kept for good (`audit`).
"""
