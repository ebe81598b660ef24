"""Geometry of the drawings in MID units: benefit bar and forest rows.

Positions are in the units of the SVG's view box; the templates only print them. A value
beyond the axis is drawn at its end with an arrow, and the numbers stand beside it.
"""

from dataclasses import dataclass

from evidence.synthesis.constants import BENEFIT_CAP, Z_DEPENDABLE, Z_INTERVAL

# Half the width of the central 80 % range of a normal distribution, in standard deviations.
CENTRAL_80_Z = 1.281552

BAR_LOW, BAR_HIGH = -2.0, 3.0
WIDTH = 320.0
MARGIN = 10.0
POINT = 9.0  # side of the square that marks a finding

# Axes a forest plot may take. The wider one holds every benefit that counts, since a study's
# is held at the cap; what a marker shows beyond it is an arrow with its number beside it.
FOREST_AXES = ((BAR_LOW, BAR_HIGH), (-BENEFIT_CAP - 1, BENEFIT_CAP + 1))


@dataclass(frozen=True)
class Axis:
    """A scale of benefit in MID units over the width of a drawing."""

    low: float
    high: float

    def x(self, value):
        """Return where `value` lies, held inside the axis."""
        held = min(max(value, self.low), self.high)
        share = (held - self.low) / (self.high - self.low)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)

    @property
    def zero(self):
        """Return where no effect lies."""
        return self.x(0)

    @property
    def matters(self):
        """Return where a benefit begins to matter."""
        return self.x(1)

    @property
    def harm_matters(self):
        """Return where a harm begins to matter."""
        return self.x(-1)

    @property
    def twice(self):
        """Return where twice the smallest benefit that matters lies."""
        return self.x(2)

    @property
    def end(self):
        """Return the right end of the drawing."""
        return WIDTH - MARGIN

    @property
    def benefit_width(self):
        """Return the width of the zone in which a benefit matters."""
        return round(self.end - self.matters, 1)

    @property
    def harm_width(self):
        """Return the width of the zone in which a harm matters."""
        return round(self.harm_matters - MARGIN, 1)

    @property
    def ticks(self):
        """Return (position, label) of the whole numbers worth printing."""
        step = 1 if self.high - self.low <= 5 else 2
        values = range(int(self.low), int(self.high) + 1, step)
        return [(self.x(v), f"{v}".replace("-", "−")) for v in values]


@dataclass(frozen=True)
class Bar:
    """A benefit bar: the 80 % range, the mean, and the end that can be depended on."""

    axis: Axis
    mean: float
    low: float
    high: float
    dependable: float

    @property
    def x_mean(self):
        """Return where the best estimate lies."""
        return self.axis.x(self.mean)

    @property
    def x_low(self):
        """Return where the range begins."""
        return self.axis.x(self.low)

    @property
    def x_high(self):
        """Return where the range ends."""
        return self.axis.x(self.high)

    @property
    def x_dependable(self):
        """Return where the dependable benefit lies."""
        return self.axis.x(self.dependable)

    @property
    def is_cut_low(self):
        """Say whether the range goes on beyond the left end."""
        return self.low < self.axis.low

    @property
    def is_cut_high(self):
        """Say whether the range goes on beyond the right end."""
        return self.high > self.axis.high


@dataclass(frozen=True)
class ForestRow:
    """One finding: its own 95 % interval, and the wider one that allows for possible bias."""

    axis: Axis
    y: float
    own_low: float
    own_high: float
    wide_low: float
    wide_high: float

    @property
    def x(self):
        """Return where the benefit lies."""
        return self.axis.x(self.y)

    @property
    def x_point(self):
        """Return the left edge of the square that marks it."""
        return round(self.x - POINT / 2, 1)

    @property
    def x_own(self):
        """Return both ends of the study's own interval."""
        return self.axis.x(self.own_low), self.axis.x(self.own_high)

    @property
    def x_wide(self):
        """Return both ends of the widened interval."""
        return self.axis.x(self.wide_low), self.axis.x(self.wide_high)

    @property
    def is_on_axis(self):
        """Say whether the finding itself lies on the axis."""
        return self.axis.low <= self.y <= self.axis.high

    @property
    def is_cut_low(self):
        """Say whether the widened interval goes on beyond the left end."""
        return self.wide_low < self.axis.low

    @property
    def is_cut_high(self):
        """Say whether the widened interval goes on beyond the right end."""
        return self.wide_high > self.axis.high


def benefit_bar(mean, sd):
    """Return the bar of a benefit with mean and standard deviation in MID units."""
    reach = CENTRAL_80_Z * sd
    return Bar(
        axis=Axis(BAR_LOW, BAR_HIGH),
        mean=mean,
        low=mean - reach,
        high=mean + reach,
        dependable=mean - Z_DEPENDABLE * sd,
    )


def forest_axis(values):
    """Return the narrowest axis that holds the estimates, the widest if none does."""
    for low, high in FOREST_AXES:
        if all(low <= value <= high for value in values):
            return Axis(low, high)
    return Axis(*FOREST_AXES[-1])


def forest_row(axis, y, s, v):
    """Return one row: benefit `y`, its standard error `s`, and its variance with bias `v`."""
    own, wide = Z_INTERVAL * s, Z_INTERVAL * v**0.5
    return ForestRow(axis, y, y - own, y + own, y - wide, y + wide)
