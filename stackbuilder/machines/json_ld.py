"""JSON-LD: plain values as text that is safe inside a script element."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

CONTEXT = "https://schema.org"

# A data block ends at the first "</script", and an older parser reads U+2028 as a line's end.
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}

Node = dict[str, Any]


def json_ld(nodes: Sequence[Node]) -> SafeString:
    """Return nodes as one document, safe inside `<script type="application/ld+json">`."""
    document = {"@context": CONTEXT, "@graph": nodes}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  every "<" is escaped above


def told(values: Mapping[str, Any]) -> Node:
    """Return a node without what is not known: a property that is not there says nothing."""
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}
