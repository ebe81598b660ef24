"""Errors that readers report: the form, the daily limit, and what happens to a report.

A report is stored before anything else is tried, so a mail server that fails loses nothing. Of
the person only what they typed is kept. The form is plain on purpose, without htmx: whatever goes
wrong on the way (an expired form, too many reports, no connection), the browser then shows it.
"""

import logging
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.urls import Resolver404, resolve
from django.utils import timezone

from evidence.figures import source_links
from stackbuilder.forms import shortened
from stackbuilder.models import ErrorReport

# So many unanswered reports in a day stop the form: more is a flood, which nobody could read.
OPEN_REPORTS_A_DAY = 200
TOO_LONG = "This has %(show_value)d characters; at most %(limit_value)d can be kept."

logger = logging.getLogger(__name__)


def path_on_this_site(text, host):
    """Return the path, query and fragment of a page here; a full address of ours will do.

    Raises ValidationError for another site, for what is no path, and for a page that is not here.
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ValidationError(f"“{shortened(text)}” cannot be read as an address.") from None
    is_ours = not parts.netloc and not parts.scheme
    if not is_ours and (parts.netloc != host or parts.scheme not in ("http", "https")):
        raise ValidationError(f"“{shortened(text)}” is on another site.")
    if not parts.path.startswith("/") or not text.isprintable():
        raise ValidationError(
            "Write the page as an address on this site, such as /compounds/zinc/."
        )
    return parts._replace(scheme="", netloc="", path=_known_path(parts.path)).geturl()


def _known_path(path):
    """Return a path of the site, with the last slash it lacks, or refuse it."""
    for candidate in (path, f"{path}/"):
        try:
            resolve(unquote(candidate))
        except Resolver404:
            continue
        return candidate
    raise ValidationError(f"There is no page “{shortened(path)}” on this site.")


class ErrorReportForm(forms.ModelForm):
    """What a reader says is wrong, and where."""

    # People never see this field; programs that fill in everything fill it in too.
    website = forms.CharField(
        required=False,
        label="Leave this empty",
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = ErrorReport
        fields = ("page", "figure", "text", "source", "reply_to")
        widgets = {
            "page": forms.TextInput(attrs={"autocomplete": "off"}),
            "figure": forms.TextInput(attrs={"autocomplete": "off"}),
            "text": forms.Textarea(attrs={"rows": 7}),
            "source": forms.TextInput(attrs={"autocomplete": "off"}),
            "reply_to": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        error_messages = {
            "page": {
                "required": "Say which page it is, such as /compounds/zinc/.",
                "max_length": TOO_LONG,
            },
            "figure": {"max_length": TOO_LONG},
            "text": {
                "required": "Say what is wrong.",
                "min_length": "Say a little more: at least %(limit_value)d characters.",
                "max_length": TOO_LONG,
            },
            "source": {"max_length": TOO_LONG},
            "reply_to": {
                "invalid": "Write an e-mail address such as ann@example.org, or leave it empty.",
                "max_length": TOO_LONG,
            },
        }

    def __init__(self, *args, host, **kwargs):
        kwargs.setdefault("auto_id", "report-%s")
        super().__init__(*args, **kwargs)
        self.host = host

    def clean_page(self):
        """Keep the path of a page of this site."""
        return path_on_this_site(self.cleaned_data["page"], self.host)

    def clean_source(self):
        """Take what a reader can look up: an address, a PMID, a DOI."""
        source = self.cleaned_data["source"]
        if not all(link.url and link.label for link in source_links(source)):
            raise ValidationError(
                "Write an address with https://, or a number such as PMID 23691095 or "
                "DOI 10.1371/journal.pone.0063773."
            )
        return source

    def clean_website(self):
        """Refuse what a program filled in; a person whose browser did so can send again."""
        if self.cleaned_data["website"]:
            self.data = self.data.copy()
            self.data[self.add_prefix("website")] = ""
            raise ValidationError(
                "A field that is hidden from people was filled in, perhaps by your browser. "
                "It is empty now: please send the report again."
            )
        return ""


def is_day_full(now=None):
    """Say whether as many reports as a day may bring are waiting."""
    since = (now or timezone.now()) - timedelta(days=1)
    return ErrorReport.objects.waiting().since(since).count() >= OPEN_REPORTS_A_DAY


def receive(report):
    """Store a report, then send the operator a copy if they want one."""
    report.save()
    if settings.SITE_REPORT_EMAIL:
        try:
            _copy_of(report).send()
        except (OSError, ValueError):
            # OSError covers smtplib's own errors; ValueError what cannot be put into a header.
            logger.exception("Error report %s is stored, but its copy was not sent", report.pk)


def _copy_of(report):
    """Return the mail to the operator; an answer to it goes to the reader, if they wish one."""
    lines = [
        f"Page: {report.page}",
        f"Figure: {report.figure or 'not named'}",
        f"Source: {report.source or 'none given'}",
        f"Answer to: {report.reply_to or 'no address given'}",
        "",
        report.text,
    ]
    return EmailMessage(
        subject=f"Error report {report.pk}: {report.page}"[:150],
        body="\n".join(lines),
        to=[settings.SITE_REPORT_EMAIL],
        reply_to=[report.reply_to] if report.reply_to else None,
    )
