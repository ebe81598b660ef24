"""What a visitor says of their health, on its only way: a signed cookie in their own browser.

The cookie holds codes and slugs in plain sight (`pregnancy.epilepsy~anticoagulants~red-yeast-rice`:
conditions, classes of medicines, what is let back in), so that whoever opens their browser's
settings sees what is kept. The signature says that we wrote it. It has no age: it goes when the
browser closes. Scripts cannot read it, and other sites cannot have it sent along with a form.

Every view that reads or changes it wears one of two decorators, which set `request.person`,
`request.is_unreadable` and `request.evidence_version` (the newest):

- `private_page` for a view whose every answer is about the visitor: no cache may keep it.
- `personal_page` for a page that is public until the cookie comes along.

A cookie that cannot be read is taken back with the first page that can say so, and nothing is
screened by it; `stackbuilder/_answers_unreadable.html` says so.
"""

import re
from dataclasses import dataclass
from functools import partial, wraps

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page

from evidence.conditional import public_page
from evidence.htmx import VARY
from evidence.models import EvidenceVersion
from stackbuilder.engine.person import Person

COOKIE = "about-you"
# What browsers keep of one cookie at least, its name and attributes included (RFC 6265, 6.1).
LONGEST_COOKIE = 4096  # bytes
# Nothing else that this site signs can be passed off as answers.
_SALT = "stackbuilder.visitor.about_you"
_CODES = r"(?:[\w-]+(?:\.[\w-]+)*)?"
_WRITTEN = re.compile("~".join([f"({_CODES})"] * 3), re.ASCII)


class TooMuchToKeepError(ValueError):
    """The answers do not fit into a cookie; the message tells no answer."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a request tells of its visitor; nothing at all where it cannot be read."""

    person: Person
    is_unreadable: bool = False


def told(request):
    """Return what the request's cookie says."""
    if not _has_cookie(request):
        return Told(Person())
    person = _read(request.COOKIES[COOKIE])
    return Told(Person(), is_unreadable=True) if person is None else Told(person)


def keep(response, person):
    """Have the browser keep what a person says, or nothing where that is nothing.

    Raises TooMuchToKeepError, and the browser keeps what it has, where a cookie cannot hold it.
    """
    # To be let back in, something must have been left out, and only answers leave out.
    if not person.answers:
        forget(response)
        return
    response.set_cookie(
        COOKIE,
        _signer().sign(_written(person)),
        path="/",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    length = len(response.cookies[COOKIE].OutputString())
    if length > LONGEST_COOKIE:
        del response.cookies[COOKIE]
        raise TooMuchToKeepError(f"{length} bytes, and at most {LONGEST_COOKIE} can be kept")


def forget(response):
    """Have the browser drop what it keeps."""
    response.delete_cookie(COOKIE, path="/", samesite="Lax")


def private_page(view):
    """Tell `view` what its visitor says, and let nobody keep or compare what it answers."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        _tell(request)
        request.evidence_version = EvidenceVersion.objects.current_number()
        response = view(request, *args, **kwargs)
        # A redirect shows nothing, so the page that it leads to says it and drops the cookie.
        has_a_page = not 300 <= response.status_code < 400
        if request.is_unreadable and has_a_page and COOKIE not in response.cookies:
            forget(response)
        for header in ("ETag", "Last-Modified"):
            response.headers.pop(header, None)
        response.headers["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ("Cookie", *VARY))
        return response

    return wrapper


def personal_page(view=None, *, changes_by_itself=None):
    """Show a public page (GET and HEAD) as such, and a private one to whoever told us something.

    The public page's ETag names the release, the evidence and the method. Where
    `changes_by_itself(request)` says that the page may change without them, as one with prices
    does, its ETag is made from its content instead.
    """
    if view is None:
        return partial(personal_page, changes_by_itself=changes_by_itself)
    private, by_version, by_content = private_page(view), public_page(view), _compared(view)

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if _has_cookie(request):
            return private(request, *args, **kwargs)
        _tell(request)
        is_compared = changes_by_itself is not None and changes_by_itself(request)
        response = (by_content if is_compared else by_version)(request, *args, **kwargs)
        patch_vary_headers(response, ("Cookie",))
        return response

    return wrapper


def _compared(view):
    """Return `view` as a public page whose ETag is made from its content."""
    conditional = conditional_page(view)

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        request.evidence_version = EvidenceVersion.objects.current_number()
        response = conditional(request, *args, **kwargs)
        if response.status_code >= 400:
            response.headers.pop("ETag", None)
        patch_vary_headers(response, VARY)
        patch_cache_control(response, no_cache=True)
        return response

    return wrapper


def _has_cookie(request):
    """Say whether something is kept; an empty cookie is how some clients drop one."""
    return bool(request.COOKIES.get(COOKIE))


def _tell(request):
    found = told(request)
    request.person, request.is_unreadable = found.person, found.is_unreadable


def _signer():
    return TimestampSigner(salt=_SALT)


def _written(person):
    parts = (person.conditions, person.medicine_classes, person.let_back_in)
    return "~".join(".".join(sorted(codes)) for codes in parts)


def _read(value):
    """Return the person that a cookie's value tells of; None if we did not write it."""
    if len(value) > LONGEST_COOKIE or not value.isascii():
        return None
    try:
        written = _WRITTEN.fullmatch(_signer().unsign(value))
    except (BadSignature, ValueError):
        # ValueError: signed by us, but for another purpose, so that no time can be read from it.
        return None
    if written is None:
        return None
    return Person(*(frozenset(codes.split(".")) - {""} for codes in written.groups()))
