"""The command that loads vendors, and the file of public registers that ships with the site."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from stackbuilder import addresses
from stackbuilder.models import Listing, Vendor
from tests.catalogue_facts import ROOT, read_json
from tests.factories import make_compound
from tests.loaded_catalogue import loaded_catalogue
from tests.vendor_factories import make_status, make_vendor
from tests.vendor_files import listing_row, register_row, shop_row

pytestmark = pytest.mark.django_db

SHIPPED = ROOT / "stackbuilder" / "data" / "vendors.json"

catalogue = pytest.fixture(scope="module")(loaded_catalogue)


@pytest.fixture
def vendor_file(tmp_path):
    """Return a function that writes vendors to a file and gives its path."""

    def write(*vendors):
        path = tmp_path / "vendors.json"
        path.write_text(json.dumps({"vendors": list(vendors)}), encoding="utf-8")
        return path

    return write


def run(path, *options):
    out = StringIO()
    call_command("load_vendors", path, *options, stdout=out)
    return out.getvalue()


def test_command_says_what_it_wrote_and_then_that_nothing_changed(vendor_file):
    make_status()
    path = vendor_file(register_row(), shop_row())

    assert run(path).splitlines() == ["2 vendors new", "2 listings new"]
    assert run(path).splitlines() == ["Nothing had changed."]


def test_command_names_all_problems_and_writes_nothing(vendor_file):
    make_status()
    path = vendor_file(
        register_row(), shop_row(listing_row(region="UK"), listing_row(url="http://example.com/"))
    )

    with pytest.raises(CommandError) as refusal:
        run(path)

    lines = str(refusal.value).splitlines()
    assert lines[0] == "Nothing was written."
    assert len(lines) == 3
    assert not Vendor.objects.exists()


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "Is not valid JSON"),
        (b"\xff\xfe", "Is not UTF-8 (byte 0)"),
        (b"[]", "Must be an object"),
        (b"{}", "vendors: Is missing"),
        (b'{"vendors": [], "vendors": []}', "Is given more than once"),
        (b'{"vendors": [' + b"[" * 5000, "Cannot be read"),
    ],
)
def test_command_refuses_what_is_no_file_of_vendors(tmp_path, content, words):
    path = tmp_path / "vendors.json"
    path.write_bytes(content)

    with pytest.raises(CommandError, match="Nothing was written") as refusal:
        run(path)

    assert words in str(refusal.value)


def test_command_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="Cannot be read"):
        run(tmp_path / "nothing.json")


def test_check_writes_nothing(vendor_file):
    make_status()

    found = run(vendor_file(register_row(), shop_row()), "--check")

    assert found == "No problem found among 2 vendors.\n"
    assert not Vendor.objects.exists()


def test_if_empty_leaves_vendors_that_are_there(vendor_file):
    make_vendor("by-hand")

    assert run(vendor_file(register_row()), "--if-empty") == "The vendors are loaded already.\n"
    assert Vendor.objects.count() == 1


def test_if_empty_loads_into_an_empty_database(vendor_file):
    make_compound()

    assert "1 vendors new" in run(vendor_file(register_row()), "--if-empty")


def test_shipped_file_holds_public_registers_alone():
    vendors = read_json(SHIPPED)["vendors"]

    assert len(vendors) == 12
    assert all(vendor["public_register"] for vendor in vendors)
    assert not any(vendor.get("listings") for vendor in vendors)
    assert not any("example" in vendor["url"] for vendor in vendors)


def test_shipped_addresses_stay_with_their_register():
    for vendor in read_json(SHIPPED)["vendors"]:
        address = vendor["public_register"]["address"].replace("{name}", "x")
        assert addresses.fault_of(address) == ""
        assert address.split("/")[2] == vendor["url"].split("/")[2]


def test_shipped_file_loads_over_the_catalogue(catalogue):
    run(SHIPPED)

    found = {}
    for slug, name in Listing.objects.values_list("compound__slug", "vendor__slug"):
        found.setdefault(slug, set()).add(name)
    assert found["creatine"] == {
        "nsf-certified-for-sport",
        "informed-sport",
        "usp-verified",
        "nih-dsld",
    }
    assert found["semaglutide"] == {"dailymed", "drugs-at-fda"}
    assert found["thymosin-alpha-1"] == {"hong-kong-drug-office"}
    assert found["cerebrolysin"] == {"basg-register"}
    assert "mhra-products" in found["lavender-oil"]
    assert not {"bpc-157", "ll-37", "dietary-nitrate", "ibutamoren"} & found.keys()


def test_shipped_listings_claim_no_check_no_price_and_no_commission(catalogue):
    run(SHIPPED)

    rows = Listing.objects.all()
    assert rows.count() > 100
    assert not rows.exclude(kind="directory").exists()
    assert not rows.exclude(last_checked=None).exists()
    assert not rows.exclude(price=None).exists()
    assert not rows.filter(is_commission=True).exists()
    assert all(listing.may_leave for listing in rows.with_law())


def test_shipped_file_loads_twice_without_a_change(catalogue):
    run(SHIPPED)

    assert run(SHIPPED) == "Nothing had changed.\n"
