"""Text that a spreadsheet would run is kept as text, and comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from evidence.formula_guard import guarded, unguarded

STARTS = "'=+-@\t\r\n"


@given(st.text(alphabet=STARTS + "a1 ", max_size=8))
def test_any_text_is_harmless_and_comes_back(text):
    kept = guarded(text)

    assert kept[:1] not in tuple(STARTS.replace("'", ""))
    assert unguarded(kept) == text
