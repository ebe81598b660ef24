"""What the API answers where it cannot do what was asked: problem details (RFC 9457).

`type` leads to the paragraph of the API's page that explains it, and `errors` name the parameters.
"""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import JsonResponse
from django.views.defaults import bad_request as bad_request_page

from stackbuilder.forms import shortened

MEDIA_TYPE = "application/problem+json"
PAGE = "/api/"
ROOT = "/api/v1/"


@dataclass(frozen=True)
class Kind:
    """A sort of problem: its anchor on the API's page, its status and its title."""

    name: str
    status: int
    title: str


UNREADABLE = Kind("unreadable", 400, "The request cannot be read")
NOT_FOUND = Kind("not-found", 404, "There is nothing of this name here")
NOT_ALLOWED = Kind("read-only", 405, "This API is for reading alone")
BAD_PARAMETER = Kind("bad-parameter", 422, "A parameter cannot be used as it is")
HEALTH = Kind("health-answers", 422, "Answers about health are not taken")
TOO_MANY = Kind("too-many-requests", 429, "Too many requests")
KINDS = (UNREADABLE, NOT_FOUND, NOT_ALLOWED, BAD_PARAMETER, HEALTH, TOO_MANY)


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: the parameter's name, where it stands, and why."""

    name: str
    reason: str
    place: str = "query"


class RefusedError(Exception):
    """What was asked cannot be answered; `wrongs` say why, one each."""

    def __init__(self, kind, *wrongs):
        super().__init__(kind.title, wrongs)
        self.kind = kind
        self.wrongs = wrongs


def nothing_called(name, value, what, place="query"):
    """Return the refusal for a name that stands for nothing here."""
    reason = f"There is no {what} called “{shortened(value)}” here."
    return RefusedError(NOT_FOUND, Wrong(name, reason, place))


def problem(kind, wrongs=(), detail=""):
    """Return the answer."""
    errors = [{"name": one.name, "in": one.place, "reason": one.reason} for one in wrongs]
    body = {
        "type": f"{PAGE}#{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail or " ".join(f"{one.name}: {one.reason}" for one in wrongs) or kind.title,
        "errors": errors,
    }
    options = {"ensure_ascii": False}
    return JsonResponse(
        body, status=kind.status, content_type=MEDIA_TYPE, json_dumps_params=options
    )


def refused(request, error):
    """Answer for a RefusedError."""
    return problem(error.kind, error.wrongs)


def invalid(request, error):
    """Answer for parameters that are not as the document says."""
    return problem(BAD_PARAMETER, [_wrong(one) for one in error.errors])


def missing(request, error):
    """Answer for Http404."""
    return problem(NOT_FOUND, detail="There is nothing at this address.")


def bad_request(request, exception):
    """Answer a request that cannot be read: with a problem below the API, with a page elsewhere."""
    if request.path_info.startswith(ROOT):
        words = "Its address holds something that means nothing, such as a NUL character."
        response = problem(UNREADABLE, detail=f"{HTTPStatus(400).phrase}. {words}")
        response["Access-Control-Allow-Origin"] = "*"
        return response
    return bad_request_page(request, exception)


def _wrong(error):
    """Return one of the validator's errors; the last name on the way to it is the parameter's."""
    place, *way = error["loc"]
    names = [step for step in way if isinstance(step, str)]
    reason = error["msg"].removeprefix("Value error, ")
    return Wrong(names[-1] if names else "", f"{reason.rstrip('.')}.", place)
