"""Print the current profiles."""

import json

from django.core.management.base import BaseCommand, CommandError

from evidence.models import Compound, Finding, Goal, Profile

COLUMNS = ("letter", "verdict", "mean", "sd", "dependable", "certainty")
LINE = "{:<24} {:<18} {:<6} {:<30} {:>7} {:>6} {:>10} {:<9}"


class Command(BaseCommand):
    """Print what the ranking rests on, as a table or as JSON."""

    help = "Print the current profiles as a table or, with --format json, as a list of rows."

    def add_arguments(self, parser):
        """Take the format and, if wanted, one compound or goal."""
        parser.add_argument("--format", choices=("table", "json"), default="table")
        parser.add_argument("--compound", help="Only this compound (slug).")
        parser.add_argument("--goal", help="Only this goal (slug).")

    def handle(self, *, compound, goal, **options):
        """Print one row a profile, by compound and goal."""
        profiles = (
            Profile.objects.current()
            .select_related("compound", "goal")
            .order_by("compound__slug", "goal__slug")
        )
        for model, name, slug in ((Compound, "compound", compound), (Goal, "goal", goal)):
            if slug is None:
                continue
            if not model.objects.filter(slug=slug).exists():
                raise CommandError(f"There is no {name} {slug!r}.")
            profiles = profiles.filter(**{f"{name}__slug": slug})
        if options["format"] == "json":
            self.stdout.write(json.dumps(profile_rows(profiles), indent=1, ensure_ascii=False))
        else:
            self.stdout.write(profile_table(profiles))


def profile_table(profiles):
    """Return profiles as lines of text under a heading; unknown figures are blank."""
    rows = [("compound", "goal", *COLUMNS)]
    for profile in profiles:
        values = (getattr(profile, column) for column in COLUMNS)
        shown = [f"{value:.3f}" if isinstance(value, float) else value for value in values]
        rows.append((profile.compound.slug, profile.goal.slug, *shown))
    return "\n".join(LINE.format(*(value or "" for value in row)).rstrip() for row in rows)


def profile_rows(profiles):
    """Return profiles as plain rows; figures are left out where nothing is counted."""
    profiles = list(profiles)
    keys = {entry["key"] for profile in profiles for entry in profile.not_counted}
    findings = Finding.objects.in_bulk(keys, field_name="key")
    return [_row(profile, findings) for profile in profiles]


def _row(profile, findings):
    row = {
        "compound": profile.compound.slug,
        "goal": profile.goal.slug,
        "letter": profile.letter,
        "verdict": profile.verdict,
    }
    if profile.mean is not None:
        figures = ("mean", "sd", "dependable", "p_matters", "p_harm", "scale")
        row |= {name: getattr(profile, name) for name in figures}
        row |= {
            "certainty": profile.certainty,
            "body_level": profile.body_level,
            "only_markers": profile.is_only_markers,
            "reviews_disagree_on": profile.reviews_disagree_on,
        }
    row["clusters"] = [
        {
            "study": cluster["study"],
            "y": cluster["y"],
            "v": cluster["v"],
            "level": cluster["level"],
            "findings": len(cluster["findings"]),
            "contribution": cluster["contribution"],
        }
        for cluster in profile.clusters
    ]
    uncounted = [_not_counted(entry, findings) for entry in profile.not_counted]
    row["not_counted"] = sorted(uncounted, key=lambda one: [str(value) for value in one.values()])
    return row


def _not_counted(entry, findings):
    finding = findings.get(entry["key"])
    return {
        "study": entry["study"],
        "outcome": entry["outcome"],
        "measure": (finding and finding.measure) or None,
        "estimate": finding.estimate if finding else None,
        "why": entry["why"],
    }
