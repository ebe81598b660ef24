"""Likely places: between which places a compound's true benefit would put it.

A *draw* is one guess at the truth: a benefit for every compound, from Normal(mean, sd). Ranking
each draw gives every compound as many places as there are draws, and the 10th to 90th percentile
of its places is what is shown: "place 1, likely 1 to 4".

Places are counted and never kept, because all of them at once cost 480 MB for 5,000 compounds.
The draws are made twice from the same seed. The first time places are counted in bins of about √n
neighbouring places, which tells in which bin a percentile lies; the second time they are counted
one by one inside that bin alone. The result is exact, and memory grows with n √n for n compounds,
however many the draws. NumPy may change a generator's stream between its releases, and a likely
place may then move by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt

import numpy as np

from stackbuilder.engine.ranking import FloatArray, IntArray, RankingError

__all__ = ["DRAWS", "HIGH_PERCENTILE", "LOW_PERCENTILE", "SEED", "likely_places"]

DRAWS = 4_000  # method, section 6
SEED = 1  # any number, but always the same: the same request gives the same page
LOW_PERCENTILE = 10  # method, section 6
HIGH_PERCENTILE = 90
# Compounds × draws in hand at once: 0.8 MB of floats, small enough for a processor's cache.
CHUNK_CELLS = 100_000


def likely_places(
    mean: FloatArray, sd: FloatArray, *, draws: int = DRAWS, seed: int = SEED
) -> tuple[IntArray, IntArray]:
    """Return the lowest and the highest likely place of every compound, 1 being the best.

    `mean` and `sd` are in MID units and in ranked order, row i holding place i + 1. A percentile p
    is the smallest place that at least p % of the draws reach or better (nearest rank, so whole),
    and the range is widened to include the compound's own place. Compounds that draw exactly the
    same benefit keep their ranked order. Raises RankingError for arrays that differ in shape, a
    figure that is not finite, an sd below 0 or fewer than one draw.

    >>> likely_places(np.array([9.0, 0.0]), np.array([0.5, 0.5]))
    (array([1, 2]), array([1, 2]))
    """
    _check(mean, sd, draws)
    if not mean.size:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    source = _Draws(mean, sd, draws, seed)
    ranks = [-(-draws * percentile // 100) for percentile in (LOW_PERCENTILE, HIGH_PERCENTILE)]
    low, high = _places_at(source, ranks)
    own = np.arange(mean.size)
    return np.minimum(low, own) + 1, np.maximum(high, own) + 1


@dataclass(frozen=True, eq=False)
class _Draws:
    """Draws that can be made again and again, always the same ones."""

    mean: FloatArray
    sd: FloatArray
    count: int
    seed: int

    def orders(self) -> Iterator[IntArray]:
        """Yield the draws in chunks: one row each, the compounds from best to worst."""
        generator = np.random.default_rng(self.seed)
        rows = max(1, CHUNK_CELLS // self.mean.size)
        for start in range(0, self.count, rows):
            # Draw after draw, so the size of a chunk cannot change what is drawn.
            benefit = generator.standard_normal((min(rows, self.count - start), self.mean.size))
            benefit *= self.sd
            benefit += self.mean
            yield _descending(benefit)


def _descending(benefit: FloatArray) -> IntArray:
    """Return the columns of every row from the largest value to the smallest, ties in order."""
    loss = np.negative(benefit, out=benefit)
    order = np.argsort(loss, axis=1)
    # The stable sort takes five times as long, so only rows with a tie, which are rare, pay it.
    ascending = np.take_along_axis(loss, order, axis=1)
    is_tied = (ascending[:, 1:] == ascending[:, :-1]).any(axis=1)
    if is_tied.any():
        order[is_tied] = np.argsort(loss[is_tied], axis=1, kind="stable")
    return order


def _places_at(source: _Draws, ranks: list[int]) -> list[IntArray]:
    """Return for each rank r every compound's r-th best place among the draws, from 0."""
    size = source.mean.size
    width = isqrt(size - 1) + 1
    bin_of_place, place_in_bin = np.divmod(np.arange(size), width)

    bins = int(bin_of_place[-1]) + 1
    coarse = np.zeros(size * bins, dtype=np.int64)
    for order in source.orders():
        coarse += np.bincount((order * bins + bin_of_place).ravel(), minlength=coarse.size)
    located = [_locate(coarse.reshape(size, bins), rank) for rank in ranks]

    fine = np.zeros((len(ranks), size * width), dtype=np.int64)
    for order in source.orders():
        cells = order * width + place_in_bin
        for counts, (wanted_bin, _) in zip(fine, located, strict=True):
            is_wanted = wanted_bin[order] == bin_of_place
            counts += np.bincount(cells[is_wanted], minlength=counts.size)
    return [
        wanted_bin * width + _locate(counts.reshape(size, width), rank_in_bin)[0]
        for counts, (wanted_bin, rank_in_bin) in zip(fine, located, strict=True)
    ]


def _locate(counts: IntArray, rank: IntArray | int) -> tuple[IntArray, IntArray]:
    """Return for every row the column that holds its `rank`-th item, and the rank inside it."""
    reached = counts.cumsum(axis=1)
    column = (reached >= np.reshape(rank, (-1, 1))).argmax(axis=1)
    rows = np.arange(len(counts))
    return column, rank - (reached[rows, column] - counts[rows, column])


def _check(mean: FloatArray, sd: FloatArray, draws: int) -> None:
    """Raise RankingError for figures that nothing can be drawn from."""
    if mean.ndim != 1 or mean.shape != sd.shape:
        raise RankingError(f"mean and sd must be two equal rows, got {mean.shape} and {sd.shape}")
    if not (np.isfinite(mean).all() and np.isfinite(sd).all() and (sd >= 0).all()):
        raise RankingError("every mean must be finite, and every sd finite and not below 0")
    if draws < 1:
        raise RankingError(f"draws must be at least 1, got {draws}")
