"""From what a user writes to a region of weights, with every finding at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.robustness.region import NORMS, Norm, Region, ball, intervals, linear, order, simplex
from supplier_eval.score.order import FloatArray, number_or_nan

if TYPE_CHECKING:
    from supplier_eval.robustness.scored import Scored

RegionSpec: TypeAlias = "str | Mapping[str, object] | Region"

DEFAULT_REGION = "ball"
DEFAULT_RADIUS = 0.05  # no weight moves by more than five points of a hundred
DEFAULT_NORM: Norm = "max"
KINDS = ("ball", "simplex", "intervals", "order", "linear")
SIGNS = ("<=", ">=", "==")
TABLE = "region"


def read_region(given: RegionSpec, criteria: Sequence[str], weights: FloatArray) -> Region:
    """Make a region of weights from what a user asked for.

    Parameters
    ----------
    given : str, mapping or Region
        ``"ball"``: no weight moves by more than 0.05 from the published ones. ``"simplex"``: all weights.
        ``{"ball": 0.1, "norm": "sum"}``: radius in fractions of 1, norm ``"max"`` (default), ``"sum"`` or
        ``"euclidean"``. ``{"intervals": {criterion: (lowest, highest)}}``: fractions; a criterion that is not named
        may have any weight. ``{"order": ["quality", ["price", "delivery"]]}``: most important first, all criteria;
        those in an inner list are not ordered among themselves.
        ``{"linear": [({"quality": 1, "price": -2}, ">=", 0)]}``: coefficients, ``<=``, ``>=`` or ``==``, a figure.
        A `Region` is taken as it is; its names must be those of the sheet.
    criteria : sequence of str
        Leaves of the sheet.
    weights : ndarray of shape (n_criteria,)
        Published weights, the centre of a ball.

    Returns
    -------
    Region
        Named after the criteria, in their order.

    Raises
    ------
    InvalidInput
        With every finding: an unknown kind or criterion, figures out of range, a region without any weights.
    """
    names = tuple(criteria)
    found: list[Finding] = []
    region = None
    try:
        region = _region(given, names, weights, found)
        if region is not None and not found:
            region = region.bound_to(names)
    except ValueError as error:
        found.append(Finding("region.empty", TABLE, _kind(given), facts={"why": str(error)}))
    if found or region is None:
        raise InvalidInput(found, TABLE)
    return region


def region_of(scored: Scored, given: RegionSpec) -> Region:
    """Make a region of weights for a sheet: ``"ball"`` is the one that its policy declares; else as `read_region`."""
    asked = scored.declared_ball if isinstance(given, str) and given == DEFAULT_REGION else given
    return read_region(asked, scored.criteria, scored.weights)


def _kind(given: RegionSpec) -> str:
    if isinstance(given, str):
        return given
    return given.name if isinstance(given, Region) else next((k for k in KINDS if k in given), "")


def _region(given: RegionSpec, names: tuple[str, ...], weights: FloatArray, found: list[Finding]) -> Region | None:
    """The region, unbound; what is wrong goes into `found`."""
    if isinstance(given, Region):
        return given
    spec: Mapping[str, object] = given if isinstance(given, Mapping) else {}
    if not isinstance(given, str | Mapping):
        found.append(_finding("region.kind.unknown", "", type(given).__name__, known=", ".join(KINDS)))
        return None
    if given == DEFAULT_REGION:
        spec = {"ball": DEFAULT_RADIUS, "norm": DEFAULT_NORM}
    if given == "simplex" or set(spec) == {"simplex"}:
        return simplex(len(names))
    kind = _kind(spec)
    stray = set(spec) - {kind} - ({"norm"} if kind == "ball" else set())
    if not kind or stray:
        found.append(_finding("region.kind.unknown", "", given if not stray else sorted(stray), known=", ".join(KINDS)))
        return None
    if kind == "ball":
        return _ball(spec, weights, found)
    reader = {"intervals": _intervals, "order": _order, "linear": _linear}[kind]
    return reader(spec[kind], names, found)


def _ball(spec: Mapping[str, object], weights: FloatArray, found: list[Finding]) -> Region | None:
    radius, norm = number_or_nan(spec["ball"]), spec.get("norm", DEFAULT_NORM)
    if not radius >= 0 or not np.isfinite(radius):
        found.append(_finding("region.radius.invalid", "ball", spec["ball"]))
    if norm not in NORMS:
        found.append(_finding("region.norm.unknown", "norm", norm, known=", ".join(NORMS)))
    return None if found else ball(weights / sum_sorted(weights), radius, cast(Norm, norm))


def _intervals(given: object, names: tuple[str, ...], found: list[Finding]) -> Region | None:
    if not isinstance(given, Mapping):
        found.append(_finding("region.shape.invalid", "intervals", given))
        return None
    _unknown(given, names, "intervals", found)
    low, high = np.zeros(len(names)), np.ones(len(names))
    for name, limits in given.items():
        pair = (
            [number_or_nan(x) for x in limits] if isinstance(limits, Sequence) and not isinstance(limits, str) else []
        )
        if len(pair) != 2 or not 0 <= pair[0] <= pair[1] <= 1:
            found.append(_finding("region.limits.invalid", "intervals", limits, criterion=str(name)))
        elif name in names:
            low[names.index(name)], high[names.index(name)] = pair
    return None if found else intervals(low, high)


def _order(given: object, names: tuple[str, ...], found: list[Finding]) -> Region | None:
    if not isinstance(given, Sequence) or isinstance(given, str):
        found.append(_finding("region.shape.invalid", "order", given))
        return None
    classes = [[str(n) for n in place] if isinstance(place, list | tuple) else [str(place)] for place in given]
    said = [name for place in classes for name in place]
    _unknown(said, names, "order", found)
    twice = sorted({name for name in said if said.count(name) > 1})
    found += [_finding("region.criterion.twice", "order", name) for name in twice]
    found += [_finding("region.criterion.absent", "order", name) for name in names if name not in said]
    if found:
        return None
    ranks = {name: rank for rank, place in enumerate(classes, start=1) for name in place}
    return order([ranks[name] for name in names])


def _linear(given: object, names: tuple[str, ...], found: list[Finding]) -> Region | None:
    rows: list[FloatArray] = []
    sides: list[float] = []
    for item in given if isinstance(given, Sequence) and not isinstance(given, str) else [given]:
        parts = tuple(item) if isinstance(item, Sequence) and not isinstance(item, str) else ()
        if len(parts) != 3 or not isinstance(parts[0], Mapping) or parts[1] not in SIGNS:
            found.append(_finding("region.shape.invalid", "linear", item))
            continue
        _unknown(parts[0], names, "linear", found)
        row, side = np.array([number_or_nan(parts[0].get(name, 0)) for name in names]), number_or_nan(parts[2])
        if not (np.isfinite(row).all() and np.isfinite(side)):
            found.append(_finding("region.shape.invalid", "linear", item))
        if parts[1] in {"<=", "=="}:
            rows, sides = [*rows, row], [*sides, side]
        if parts[1] in {">=", "=="}:
            rows, sides = [*rows, -row], [*sides, -side]
    if found:
        return None
    return linear(np.array(rows), np.array(sides)) if rows else simplex(len(names))


def _unknown(
    said: Sequence[str] | Mapping[str, object], names: tuple[str, ...], where: str, found: list[Finding]
) -> None:
    known = ", ".join(names)
    found += [
        _finding("region.criterion.unknown", where, name, known=known)
        for name in dict.fromkeys(said)
        if name not in names
    ]


def _finding(code: str, column: str, value: object, **facts: object) -> Finding:
    return Finding(code, TABLE, column, value=str(value), facts=facts)
