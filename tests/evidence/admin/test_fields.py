"""Text is stored as it was typed, whatever a browser makes of its lines."""

from evidence.models import EvidenceVersion


def test_finding_with_lines_in_its_note_saved_untouched(finding, change):
    finding.note = "First line\nsecond line"
    finding.save()

    change(finding)

    finding.refresh_from_db()
    assert finding.note == "First line\nsecond line"
    assert EvidenceVersion.objects.count() == 1


def test_finding_with_lines_typed_into_its_note(finding, change, alone):
    change(finding, note="First line\r\nsecond line")

    finding.refresh_from_db()
    assert finding.note == "First line\nsecond line"
