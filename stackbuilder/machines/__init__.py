"""What machines read of the pages: one address each, what a page is about, a picture to share.

Addresses are absolute with the scheme and host that the request came by: ALLOWED_HOSTS says which
hosts may be asked for, and behind a proxy HTTPS=1 makes the scheme https. A site that answers to
several names should redirect all but one of them, or each is a canonical address of its own.
"""
