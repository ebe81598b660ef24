"""Nothing named in vain: every outcome, study, condition, class and compound exists."""

from collections.abc import Set
from difflib import get_close_matches

from evidence.ingest.catalogue import GOALS_FILE, BrokenBetween, Catalogue
from evidence.ingest.fields import OTHER_CONDITION
from evidence.ingest.problems import Place, shown


def reference_rules(catalogue: Catalogue) -> BrokenBetween:
    """Yield every name that a row uses and that neither the folder nor the database gives."""
    classes = catalogue.medicine_classes
    for at, condition in enumerate(catalogue.goals.conditions if catalogue.goals else ()):
        for index, code in enumerate(condition.medicine_classes):
            place = ("conditions", at, "medicine_classes", index)
            yield from _unknown(GOALS_FILE, place, ("medicine class", code), classes)
    for file in catalogue.files:
        yield from _study_references(catalogue, file)
        yield from _safety_references(catalogue, file)


def _study_references(catalogue: Catalogue, file: str) -> BrokenBetween:
    compound, studies = catalogue.files[file], catalogue.studies
    for at, study in enumerate(compound.studies):
        for index, key in enumerate(study.includes):
            place: Place = ("studies", at, "includes", index)
            yield from _unknown(file, place, ("study", key), studies)
    for at, finding in enumerate(compound.findings):
        place = ("findings", at, "outcome")
        yield from _unknown(file, place, ("outcome", finding.outcome), catalogue.outcomes)
        yield from _unknown(file, ("findings", at, "study"), ("study", finding.study), studies)


def _safety_references(catalogue: Catalogue, file: str) -> BrokenBetween:
    compound = catalogue.files[file]
    for at, caution in enumerate(compound.cautions):
        condition = caution.condition
        if condition is not None and not condition.startswith(OTHER_CONDITION):
            place: Place = ("cautions", at, "condition")
            yield from _unknown(file, place, ("condition", condition), catalogue.conditions)
    for at, interaction in enumerate(compound.interactions):
        place = ("interactions", at, "compound")
        yield from _unknown(file, place, ("compound", interaction.compound), catalogue.compounds)
        for index, code in enumerate(interaction.medicine_classes):
            place = ("interactions", at, "medicine_classes", index)
            names = catalogue.medicine_classes
            yield from _unknown(file, place, ("medicine class", code), names)


def _unknown(
    file: str, place: Place, named: tuple[str, str | None], names: Set[str] | None
) -> BrokenBetween:
    """Yield a broken rule if `named` (what it is, its name) is not among `names`."""
    kind, name = named
    if name is None or names is None or name in names:
        return
    # Comparing with every key of a large catalogue would take seconds and seldom help.
    near = get_close_matches(name, sorted(names), n=1, cutoff=0.8) if kind != "study" else []
    hint = f"; did you mean {shown(near[0])}?" if near else "."
    yield file, place, f"No {kind} {shown(name)} here or in the database{hint}"
