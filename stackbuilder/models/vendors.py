"""Vendors: where a compound, or what is known of products with it, can be found.

Nothing here is evidence: no vendor, price or commission opens an evidence version, and the
synthesis and the ranking cannot import this module.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.utils import timezone
from simple_history.models import HistoricalRecords

from stackbuilder import addresses, costs, law
from stackbuilder.querysets import ClickCountQuerySet, ListingQuerySet

HTTPS = "https://"


class SellerKind(models.TextChoices):
    """What kind of place a listing leads to; the codes are the law's."""

    DIRECTORY = law.Seller.DIRECTORY.value, "public register"
    PHARMACY = law.Seller.PHARMACY.value, "pharmacy"
    RETAILER = law.Seller.RETAILER.value, "retailer"


class LinkStatus(models.TextChoices):
    """What a program met when it last followed a link; the labels end a sentence for readers."""

    ANSWERED = "answered", "answered"
    MOVED = "moved", "answered from another address"
    GONE = "gone", "led to a missing page"
    UNREACHABLE = "unreachable", "did not answer"
    DECLINED = "declined", "turned our program away"
    ROBOTS = "robots", "was left alone, as its site asks of programs,"
    ASTRAY = "astray", "led where our program does not follow"


# What a person has to look at.
BROKEN = (LinkStatus.MOVED, LinkStatus.GONE, LinkStatus.UNREACHABLE, LinkStatus.ASTRAY)


def check_address(value):
    """Refuse an address that the site may not lead to."""
    if fault := addresses.fault_of(value):
        raise ValidationError(fault)


def check_region(value):
    """Refuse what is no region of the law, such as “sport” or “GB”."""
    if not law.is_region(value):
        raise ValidationError(
            "Write two capitals such as US, EU for the European Union, UK for the United Kingdom, "
            "or world."
        )


def check_has_happened(value):
    """Refuse a day that is still to come."""
    if value > timezone.localdate():
        raise ValidationError("This day has not come yet.")


def starts_with_https(field):
    """Return the condition that a column holds an https address."""
    return Exact(Left(field, len(HTTPS)), Value(HTTPS))


class Vendor(models.Model):
    """A public register, a pharmacy or a shop, by its own name and address."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120, unique=True)
    url = models.CharField("address", max_length=500, validators=[check_address])
    what_it_is = models.CharField(
        max_length=200, help_text="One line for readers, such as “Register of tested supplements”."
    )
    note = models.TextField(blank=True, help_text="What it covers and what it does not.")

    history = HistoricalRecords()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=starts_with_https("url"),
                name="vendor_address_is_https",
                violation_error_message="The address must start with https://.",
            ),
        ]

    def __str__(self):
        return self.name


class Listing(models.Model):
    """One address at a vendor for one compound in one region; the law decides whether it shows."""

    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="listings")
    compound = models.ForeignKey("evidence.Compound", models.CASCADE, related_name="listings")
    kind = models.CharField(
        max_length=10,
        choices=SellerKind,
        help_text="A public register sells nothing and takes no money from us or for us. The law "
        "of the region decides which kinds may be listed.",
    )
    region = models.CharField(
        max_length=10,
        validators=[check_region],
        help_text="Where it delivers or applies: US, EU, UK, AU …, or world for everywhere.",
    )
    product = models.CharField(
        max_length=120, help_text="Of a register, what to look for in it: the compound's name."
    )
    url = models.CharField("address", max_length=500, validators=[check_address])
    dose_per_unit = models.DecimalField(
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="How much of the compound is in one capsule, scoop or other unit.",
    )
    dose_unit = models.CharField(
        max_length=30, blank=True, help_text="As the doses of the trials have it: mg, g, IU …"
    )
    units_per_pack = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)]
    )
    price = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True, help_text="Of one pack."
    )
    currency = models.CharField(
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"\A[A-Z]{3}\Z", "Write three capitals such as USD.")],
        help_text="Three capitals, such as USD.",
    )
    third_party_test = models.CharField(
        "tested by", max_length=120, blank=True, help_text="A laboratory other than the seller's."
    )
    third_party_test_url = models.CharField(
        "address of the test", max_length=500, blank=True, validators=[check_address]
    )
    third_party_tested_on = models.DateField(
        "tested on", null=True, blank=True, validators=[check_has_happened]
    )
    is_commission = models.BooleanField(
        "pays a commission",
        default=False,
        help_text="Said beside the link, before it. It never moves a listing or a rank.",
    )
    last_checked = models.DateField(
        null=True,
        blank=True,
        validators=[check_has_happened],
        help_text="When a person last followed the link. Empty if nobody has.",
    )
    # What `check_listings` met, and at which address: one that was changed since is unvisited.
    checked_by_machine_at = models.DateTimeField(null=True, blank=True, editable=False)
    machine_status = models.CharField(
        "answer to our program", max_length=11, choices=LinkStatus, blank=True, editable=False
    )
    machine_detail = models.CharField(max_length=300, blank=True, editable=False)
    machine_url = models.CharField(max_length=500, blank=True, editable=False)
    is_active = models.BooleanField(
        "in use", default=True, help_text="Take a listing out of use rather than delete it."
    )
    # Which row of a file it came from; without one it was made by hand.
    load_key = models.CharField(max_length=260, unique=True, null=True, blank=True, editable=False)

    objects = ListingQuerySet.as_manager()
    # What a program met is no edit of anybody's.
    history = HistoricalRecords(
        excluded_fields=["checked_by_machine_at", "machine_status", "machine_detail", "machine_url"]
    )

    class Meta:
        ordering = ("compound", "vendor", "region", "product")
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "compound", "region", "product"], name="listing_is_given_once"
            ),
            models.CheckConstraint(
                condition=starts_with_https("url"),
                name="listing_address_is_https",
                violation_error_message="The address must start with https://.",
            ),
            models.CheckConstraint(
                condition=~Q(region__in=["", law.SPORT]),
                name="listing_region_is_a_place",
                violation_error_message="Rules of sport are the law of no place.",
            ),
            models.CheckConstraint(
                condition=Q(
                    dose_per_unit=None, dose_unit="", units_per_pack=None, price=None, currency=""
                )
                # A CHECK lets NULL comparisons pass, so the numbers are named as set.
                | Q(
                    dose_per_unit__isnull=False,
                    units_per_pack__isnull=False,
                    price__isnull=False,
                    dose_per_unit__gt=0,
                    units_per_pack__gt=0,
                    price__gt=0,
                )
                & ~Q(dose_unit="")
                & ~Q(currency=""),
                name="listing_pack_and_price_go_together",
                violation_error_message="Give the dose, its unit, the units per pack, the price "
                "and its currency together, each above zero, or none of them.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=SellerKind.DIRECTORY) | Q(price=None, is_commission=False),
                name="listing_of_a_register_earns_nothing",
                violation_error_message="A public register has no price and pays no commission.",
            ),
            models.CheckConstraint(
                condition=Q(
                    third_party_test="", third_party_test_url="", third_party_tested_on=None
                )
                | ~Q(third_party_test="")
                & starts_with_https("third_party_test_url")
                & Q(third_party_tested_on__isnull=False),
                name="listing_third_party_test_is_whole",
                violation_error_message="Of a test give who did it, its https address and its day, "
                "or leave all three empty.",
            ),
            models.CheckConstraint(
                condition=Q(
                    checked_by_machine_at=None, machine_status="", machine_detail="", machine_url=""
                )
                | Q(checked_by_machine_at__isnull=False)
                & ~Q(machine_status="")
                & ~Q(machine_url=""),
                name="listing_machine_check_is_whole",
                violation_error_message="A check by a program has a day, an answer and an address.",
            ),
        ]

    def __str__(self):
        return f"{self.compound} at {self.vendor} ({self.region})"

    def clean(self):
        """Refuse a listing in use that the law does not allow; one out of use may stay."""
        is_complete = self.compound_id and self.region and self.kind
        if self.is_active and is_complete and not self.is_lawful:
            # Not beside a field: a form may show only some of them.
            raise ValidationError(self.refusal(), code="law")

    def refusal(self):
        """Return, for staff, why the law does not allow this listing."""
        ruling = self.ruling()
        allowed = [SellerKind(kind).label for kind in law.Seller if ruling.allows(kind)]
        status = f"{ruling.status} ({ruling.place})" if ruling.status else "no legal status known"
        return f"{self.compound} in {self.region}: {status}, so only a {' or a '.join(allowed)}."

    def ruling(self):
        """Return what today's law says of the compound in this region; see `with_law`."""
        statuses = self.compound.regulatory_statuses.all()
        return law.ruling([(row.region, row.status) for row in statuses], self.region)

    @property
    def is_lawful(self):
        """Say whether this kind of seller may be listed today."""
        return self.ruling().allows(self.kind)

    @property
    def may_leave(self):
        """Say whether the site may lead there today: in use, lawful, a clean https address."""
        return self.is_active and self.is_lawful and not addresses.fault_of(self.url)

    @property
    def link_status(self):
        """Return what a program met at this very address, or nothing if none has been there."""
        return LinkStatus(self.machine_status) if self.machine_url == self.url else ""

    @property
    def is_register(self):
        """Say whether it is a public register, which sells nothing."""
        return self.kind == SellerKind.DIRECTORY

    @property
    def pack(self):
        """Return what is bought and its price, or None if that is not recorded."""
        if self.price is None:
            return None
        return costs.Pack(
            self.dose_per_unit, self.dose_unit, self.units_per_pack, self.price, self.currency
        )


class ClickCount(models.Model):
    """How often a listing was left for on one day; nothing about who left."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="click_counts")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects = ClickCountQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "listing")
        constraints = [
            models.UniqueConstraint(fields=["listing", "day"], name="click_count_is_one_a_day"),
        ]

    def __str__(self):
        return f"{self.listing_id} on {self.day}: {self.count}"
