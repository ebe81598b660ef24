"""Rows of a file of vendors for tests; the names and addresses are example.com's."""


def register_row(**changes):
    """Return a register of supplements of the whole world."""
    values = {
        "slug": "example-register",
        "name": "Example Register",
        "url": "https://example.com/",
        "what_it_is": "A register that exists in tests",
        "note": None,
        "public_register": {
            "region": "world",
            "covers": ["dietary-supplement"],
            "address": "https://example.com/search?q={name}",
        },
    }
    return {**values, **changes}


def listing_row(**changes):
    """Return a listing of melatonin at a shop in the US."""
    values = {
        "compound": "melatonin",
        "kind": "retailer",
        "region": "US",
        "product": "Melatonin 2 mg",
        "url": "https://example.com/melatonin",
        "pack": {
            "dose_per_unit": 2,
            "dose_unit": "mg",
            "units_per_pack": 60,
            "price": 6.00,
            "currency": "USD",
        },
        "third_party_test": {
            "by": "Example Laboratory",
            "url": "https://example.com/test",
            "on": "2025-02-03",
        },
        "is_commission": True,
        "last_checked": "2025-03-01",
    }
    return {**values, **changes}


def shop_row(*listings, **changes):
    """Return a shop with these listings, by default one of melatonin."""
    values = {
        "slug": "example-shop",
        "name": "Example Shop",
        "url": "https://example.com/",
        "what_it_is": "A shop that exists in tests",
        "note": "Ships in a week.",
        "listings": list(listings) or [listing_row()],
    }
    return {**values, **changes}
