"""QR codes: what they hold, and that the policy lets them show."""

import segno

from stackbuilder.stacks.qr import qr_code

ADDRESS = "https://stack.example/stacks/a-token-of-many-characters/"


def test_code_is_svg_without_style_or_script():
    svg = qr_code(ADDRESS)

    assert svg.startswith("<svg viewBox=")
    assert "style" not in svg
    assert "<script" not in svg


def test_code_is_that_of_the_address():
    dark = segno.make_qr(ADDRESS, error="l").svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )

    assert qr_code(ADDRESS) == dark
    assert qr_code(f"{ADDRESS}print/") != dark


def test_address_too_long_for_any_code_has_none():
    assert qr_code("https://stack.example/?" + "x" * 4_000) == ""
