"""Tables of what can be chosen and what is measured: goals, outcomes, MIDs, conditions, medicines.

Rows are put in order by position and code: a database would sort names in its own way.
"""

from evidence.choices import Better, Confidence, MidBasis, OutcomeKind
from evidence.models import Condition, Goal, MedicineClass, Outcome, OutcomeMid
from evidence.open_data.columns import Column, Kind, Table, codes, numbers, texts

GOALS = Table(
    "goals",
    "What a person may want to improve, in the site's order.",
    (
        texts("goal", "The goal's code.", path="slug"),
        texts("name", "What readers see."),
    ),
    lambda moment: Goal.objects.order_by("position", "slug"),
)
OUTCOMES = Table(
    "outcomes",
    "What studies measured. A safety outcome, or one without a goal, never enters a ranking.",
    (
        texts("outcome", "The outcome's code.", path="slug"),
        Column(
            "goal", Kind.TEXT, "The goal it serves.",
            empty="belongs to no goal, so its findings are shown and never ranked",
            read=lambda row: row.goal and row.goal.slug,
        ),
        texts("name", "What readers see."),
        codes("kind", "What sort of outcome it is; a surrogate is a marker.", OutcomeKind),
        codes("better", "Which direction of its scale is better for the person.", Better),
        texts("unit", "The unit it is usually reported in."),
        Column(
            "is_common_event", Kind.YES_NO,
            "Whether odds ratios of it are taken towards the risk ratio by a square root.",
        ),
    ),
    lambda moment: Outcome.objects.select_related("goal").order_by(
        "goal__position", "position", "slug"
    ),
)  # fmt: skip
OUTCOME_MIDS = Table(
    "outcome_mids",
    "The smallest difference that matters (MID), by outcome and unit: what figures are divided by.",
    (
        texts("outcome", "The outcome.", path="outcome.slug"),
        Column("is_ratio", Kind.YES_NO, "Whether it is for risk, odds and hazard ratios."),
        texts("unit", "The unit it is in.", empty="a ratio, which has no unit"),
        numbers(
            "mid", "The MID: negative where lower is better; a ratio as a ratio.",
            "that of the column unit", path="value",
        ),
        codes("basis", "Where it comes from.", MidBasis),
        texts("source", "Address, PMID or DOI.", empty="no source is recorded"),
        texts("note", "What a curator noted.", empty="nothing was noted"),
        codes("confidence", "How far it is trusted.", Confidence, empty="not judged"),
    ),
    lambda moment: OutcomeMid.objects.select_related("outcome").order_by(
        "outcome__slug", "position", "pk"
    ),
)  # fmt: skip
CONDITIONS = Table(
    "conditions",
    "Health conditions that cautions name by a code.",
    (
        texts("condition", "The condition's code.", path="code"),
        texts("name", "What readers see."),
        texts("group", "The heading it stands under."),
        Column(
            "medicine_classes", Kind.TEXTS, "Classes of medicines that say the same thing.",
            read=lambda row: sorted(one.code for one in row.medicine_classes.all()),
        ),
    ),
    lambda moment: Condition.objects.prefetch_related("medicine_classes").order_by(
        "position", "code"
    ),
)  # fmt: skip
MEDICINE_CLASSES = Table(
    "medicine_classes",
    "Classes of medicines that interactions name by a code.",
    (
        texts("medicine_class", "The class's code.", path="code"),
        texts("name", "What readers see."),
    ),
    lambda moment: MedicineClass.objects.order_by("position", "code"),
)
