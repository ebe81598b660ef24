"""QR codes as inline SVG: attributes only, because the policy forbids styles in the page."""

from django.utils.safestring import mark_safe
from segno import make_qr
from segno.encoder import DataOverflowError

# Modules of white around the code; four is what readers are promised.
QUIET_ZONE = 4


def qr_code(address):
    """Return the code of an address as SVG, empty for one too long for any code.

    It is dark on white in every colour scheme: readers need it so.
    """
    try:
        code = make_qr(address, error="l")
    except DataOverflowError:
        return ""
    # segno escapes what it writes, and is given no text to write.
    return mark_safe(  # noqa: S308
        code.svg_inline(
            scale=1,
            border=QUIET_ZONE,
            omitsize=True,
            dark="#000",
            light="#fff",
            svgclass="qr",
            lineclass=None,
        )
    )
