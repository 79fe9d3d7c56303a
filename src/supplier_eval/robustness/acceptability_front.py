"""Ask a score sheet how firmly each bid stands while weights and values vary (SMAA-2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.rank.asked import asked_mapping
from supplier_eval.robustness.acceptability import Tally, tally
from supplier_eval.robustness.acceptability_result import Acceptability
from supplier_eval.robustness.acceptability_shares import (
    Estimate,
    ahead_shares,
    central_weights,
    estimate,
    expected_ranks,
    rank_shares,
    tied_shares,
)
from supplier_eval.robustness.mark_noise import draw_interval, draw_normal, with_errors
from supplier_eval.robustness.region_spec import DEFAULT_REGION, RegionSpec, region_of
from supplier_eval.robustness.sampling import SCRAMBLES, WeightDraws, draw_weights, draws_per_scramble
from supplier_eval.robustness.scored import Scored, scored_bids
from supplier_eval.score.order import FloatArray, settle
from supplier_eval.score.sheet import ScoreSheet

DrawValues = Callable[[np.random.Generator, int], FloatArray]
NOISES = {"interval": draw_interval, "normal": draw_normal}
TABLE = "uncertainty"


def rank_acceptability(
    sheet: ScoreSheet,
    draws: int = 4096,
    region: RegionSpec = DEFAULT_REGION,
    seed: int = 0,
    *,
    scrambles: int = SCRAMBLES,
    uncertainty: Mapping[str, object] | None = None,
    draw_values: DrawValues | None = None,
) -> Acceptability:
    """Tell how often each bid would take each rank if weights, and marks and prices, were a little different.

    Parameters
    ----------
    sheet : ScoreSheet
        Values on 0-100 and published weights. Its eligible bids are ranked by their unrounded totals.
    draws : int
        Number of weight vectors in all, 1 to 4,194,304; each scramble takes its share, rounded up to a power of two.
    region : str, mapping or Region
        Where the weights are drawn, evenly: see `read_region`. By default no weight moves by more than five points
        of a hundred from the published ones.
    seed : int
        0 or more. The same seed gives the same bits.
    scrambles : int
        Independent scrambles of the Sobol sequence, 2 to 1024; standard errors come from their spread.
    uncertainty : mapping, optional
        ``{"interval": ...}`` half-widths of even errors, ``{"normal": ...}`` standard deviations, or both (the errors
        add up), in value points: one figure for all values, a mapping criterion → figure (others are certain), or an
        array (n_criteria, n_eligible_bids). Values stay on 0-100.
    draw_values : callable, optional
        ``draw_values(rng, n)`` gives drawn values of shape (n_criteria, n_eligible_bids, n), criteria and bids in the
        sheet's order, instead of `uncertainty`. It is called twice with the same generator state.

    Returns
    -------
    Acceptability
        Exploratory. Weights and values are drawn together; the same draws serve every figure.

    Raises
    ------
    InvalidInput
        If there is no order to question, or with every finding about region, uncertainty, draws or drawn values.

    Notes
    -----
    Lahdelma and Salminen (2001), Operations Research 49, eqs. 6-13; Tervonen and Lahdelma (2007), EJOR 178.
    Criteria are drawn in the order of their names, so that their order in the sheet decides nothing.

    Examples
    --------
    >>> sheet = se.evaluate(se.read_tender("data/samples/service-desk")).lots["L1"].sheet
    >>> drawn = se.robustness.rank_acceptability(sheet, draws=512, seed=1)
    >>> drawn
    Acceptability(YX-1 first in 100.00% of 512 draws from 'ball', exploratory)
    >>> drawn.to_frame()[["bid", "first", "expected_rank"]].round(2)
        bid  first  expected_rank
    0  BT-1    0.0           2.80
    1  HZ-1    0.0           3.90
    2  LM-1    0.0           5.00
    3  QH-1    0.0           2.29
    4  YX-1    1.0           1.00
    """
    scored = scored_bids(sheet)
    _check_numbers(draws, scrambles, seed)
    names = tuple(sorted(scored.criteria))
    where = region_of(scored, region)
    weight_seed, value_seed = np.random.SeedSequence(seed).spawn(2)
    drawn = draw_weights(where.bound_to(names), draws, scrambles, weight_seed)
    by_name = np.array([scored.criteria.index(name) for name in names])
    source = _source(scored, by_name, uncertainty, draw_values, value_seed.spawn(scrambles))
    counts, spread = _count(source, drawn)
    widths = np.ptp(drawn.weights, axis=(0, 1))
    central, ever = central_weights(counts, widths)
    confidences = _confidence(source, central.mean, counts, ever)
    back = np.argsort(by_name)
    return Acceptability(
        scored=scored,
        region=where,
        tally=counts._replace(first_weights=np.ascontiguousarray(counts.first_weights[:, :, back])),
        ranks=rank_shares(counts),
        ahead=ahead_shares(counts),
        tied=tied_shares(counts),
        expected=expected_ranks(counts),
        central=Estimate(central.mean[:, back], central.error[:, back]),
        ever_first=ever,
        confidences=confidences,
        method=drawn.method,
        acceptance=drawn.acceptance,
        seed=int(seed),
        uncertain=_named(uncertainty, draw_values) if source.draw is not None else {},
        spread=spread[back],
    )


@dataclass(frozen=True, eq=False)
class _Source:
    """Values with criteria by name, and how to draw them again and again."""

    values: FloatArray
    draw: DrawValues | None
    seeds: list[np.random.SeedSequence]

    def blocks(self, n: int) -> Iterator[FloatArray]:
        """Drawn values of each scramble; the same at every call."""
        assert self.draw is not None
        for seed in self.seeds:
            yield self.draw(np.random.default_rng(seed), n)


def _source(
    scored: Scored,
    by_name: npt.NDArray[np.int64],
    uncertainty: Mapping[str, object] | None,
    draw_values: DrawValues | None,
    seeds: list[np.random.SeedSequence],
) -> _Source:
    values = np.ascontiguousarray(scored.values[by_name])
    certain = _Source(values, None, seeds)
    if draw_values is not None and uncertainty is not None and len(uncertainty):
        raise InvalidInput([Finding("uncertainty.two_sources", TABLE)], TABLE)
    if draw_values is not None:
        given, shape = draw_values, scored.values.shape
        if not callable(given):
            finding = Finding("asked.callable", TABLE, "draw_values", value=type(given).__name__)
            raise InvalidInput([finding], TABLE)

        def hook(rng: np.random.Generator, n: int) -> FloatArray:
            drawn = _figures(given(rng, n))
            if drawn.shape != (*shape, n) or not np.isfinite(drawn).all():
                facts = {"expected": str((*shape, n))}
                raise InvalidInput([Finding("uncertainty.drawn", TABLE, value=str(drawn.shape), facts=facts)], TABLE)
            return np.ascontiguousarray(drawn[by_name])

        return replace(certain, draw=hook)
    sizes = {kind: size[by_name] for kind, size in _sizes(scored, uncertainty).items()}
    if not any(size.any() for size in sizes.values()):
        return certain

    def noisy(rng: np.random.Generator, n: int) -> FloatArray:
        errors = np.zeros((*values.shape, n))
        for kind, size in sizes.items():
            errors += NOISES[kind](rng, size, n)
        return with_errors(values, errors)

    return replace(certain, draw=noisy)


def _figures(given: object) -> FloatArray:
    """What a caller drew as an array; one without a shape where it holds no figures."""
    try:
        return np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        return np.empty(0)


def _sizes(scored: Scored, given: Mapping[str, object] | None) -> dict[str, FloatArray]:
    """Half-widths and standard deviations as full arrays; raises with every finding."""
    uncertainty = {} if given is None else asked_mapping(given, TABLE)
    found: list[Finding] = []
    sizes: dict[str, FloatArray] = {}
    for kind in sorted(uncertainty):
        if kind not in NOISES:
            facts = {"known": ", ".join(NOISES)}
            found.append(Finding("uncertainty.kind.unknown", TABLE, kind, value=kind, facts=facts))
            continue
        sizes[kind] = _size(scored, kind, uncertainty[kind], found)
    if found:
        raise InvalidInput(found, TABLE)
    return sizes


def _size(scored: Scored, kind: str, given: object, found: list[Finding]) -> FloatArray:
    shape, known = scored.values.shape, ", ".join(scored.criteria)
    size = np.zeros(shape)
    parts: list[tuple[int | slice, object]] = [(slice(None), given)]
    if isinstance(given, Mapping):
        stray = [str(name) for name in given if name not in scored.criteria]
        found += [Finding("uncertainty.criterion.unknown", TABLE, kind, value=s, facts={"known": known}) for s in stray]
        parts = [(scored.criteria.index(name), x) for name, x in given.items() if name in scored.criteria]
    for row, x in parts:
        try:
            size[row] = np.asarray(x, dtype=np.float64)
            good = bool(np.isfinite(size[row]).all() and (size[row] >= 0).all())
        except (TypeError, ValueError):
            good = False
        if not good:
            found.append(Finding("uncertainty.size.invalid", TABLE, kind, value=str(x), facts={"shape": str(shape)}))
    return size


def _named(uncertainty: Mapping[str, object] | None, draw_values: DrawValues | None) -> dict[str, object]:
    return {"drawn": getattr(draw_values, "__name__", "values")} if draw_values is not None else dict(uncertainty or {})


def _check_numbers(draws: int, scrambles: int, seed: int) -> None:
    found = []
    for name, value, least in (("draws", draws, 1), ("scrambles", scrambles, 2), ("seed", seed, 0)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
            found.append(Finding("acceptability.number.invalid", "acceptability", name, value=str(value)))
    if not found:
        try:
            draws_per_scramble(draws, scrambles)
        except ValueError:
            values = f"{draws}, {scrambles}"
            found.append(Finding("acceptability.number.invalid", "acceptability", "draws, scrambles", value=values))
    if found:
        raise InvalidInput(found, "acceptability")


def _count(source: _Source, drawn: WeightDraws) -> tuple[Tally, FloatArray]:
    """Counts of every scramble, and the standard deviation of the values over all draws; 0 where they are certain."""
    if source.draw is None:
        return tally(source.values, drawn.weights), np.zeros_like(source.values)
    n = drawn.weights.shape[1]
    parts, means, within = [], [], []
    for values, weights in zip(source.blocks(n), drawn.weights, strict=True):
        parts.append(tally(values, weights[None]))
        means.append(values.mean(axis=-1))
        within.append(values.var(axis=-1))
    counts = Tally(n, *(np.concatenate(each) for each in list(zip(*parts, strict=True))[1:]))
    return counts, np.sqrt(np.mean(within, axis=0) + np.var(means, axis=0))


def _confidence(source: _Source, central: FloatArray, counts: Tally, ever: npt.NDArray[np.bool_]) -> Estimate:
    """Share of the drawn values at which each bid is first under its own central weights."""

    def first_at_central(values: FloatArray) -> FloatArray:
        shares = np.zeros(len(central))
        for b in np.flatnonzero(ever):
            totals = settle(np.tensordot(central[b], values, axes=1))
            shares[b] = np.mean(totals[b] >= totals.max(axis=0))
        return shares

    scrambles = len(counts.ranks)
    if source.draw is None:
        once = first_at_central(source.values)
        return estimate(np.tile(once, (scrambles, 1)), scrambles * counts.draws)
    shares = [first_at_central(values) for values in source.blocks(counts.draws)]
    return estimate(shares, scrambles * counts.draws)
