"""Value functions and price formulas as spreadsheet formulas, so that a reader can follow a figure by hand.

Each gives the formula without its equals sign, or None where a spreadsheet cannot say it; then the workbook holds the
figure that was computed, and says that it is a constant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from supplier_eval.policy.criteria import (
    Criterion,
    Exponential,
    Linear,
    PiecewiseLinear,
    Rubric,
    Step,
    Threshold,
    YesNo,
)
from supplier_eval.report.grid import exact
from supplier_eval.score.price import PRICE_FORMULAS

MOST_KNOTS = 40  # spreadsheets take 64 levels of IF
FLATTEST = 1e-3  # below this curvature exp loses digits that the package keeps


def value_formula(leaf: Criterion, x: str) -> str | None:
    """The value (0-100) of a raw figure.

    Parameters
    ----------
    leaf : Criterion
        A leaf that is no price.
    x : str
        Reference to the raw figure.
    """
    rule = leaf.value_rule()
    if isinstance(rule, Linear):
        said: str | None = f"100*{_place(x, rule.floor, rule.target)}"
    elif isinstance(rule, PiecewiseLinear):
        said = _knots(x, rule.knots) if len(rule.knots) <= MOST_KNOTS else None
    elif isinstance(rule, Step):
        said = _steps(x, rule) if len(rule.steps) <= MOST_KNOTS else None
    elif isinstance(rule, Threshold):
        sign = ">=" if rule.direction == "max" else "<="
        said = f"IF(ROUND({x},9){sign}{_n(rule.at)},100,0)"
    elif isinstance(rule, Exponential):
        said = _curve(x, rule)
    elif isinstance(rule, YesNo):
        said = f"IF({x}=1,{_n(rule.yes)},{_n(rule.no)})"
    else:
        said = x if isinstance(rule, Rubric) else None
    return said


def _curve(x: str, rule: Exponential) -> str | None:
    """The exponential curve; None where it is so flat that a spreadsheet loses digits."""
    if abs(rule.curvature) < Decimal(str(FLATTEST)):
        return None
    c = _n(rule.curvature)
    return f"100*(1-EXP(-{c}*{_place(x, rule.floor, rule.target)}))/(1-EXP(-{c}))"


def _n(figure: Decimal) -> str:
    return exact(float(figure))


def _place(x: str, floor: Decimal, target: Decimal) -> str:
    """Place between floor and target, within 0-1."""
    return f"MAX(0,MIN(1,({x}-{_n(floor)})/({_n(target)}-{_n(floor)})))"


def _knots(x: str, knots: Sequence[tuple[Decimal, Decimal]]) -> str:
    """Straight lines between knots, flat outside."""
    said = _n(knots[-1][1])
    for (x0, v0), (x1, v1) in reversed(list(pairwise(knots))):
        line = f"{_n(v0)}+({x}-{_n(x0)})/({_n(x1)}-{_n(x0)})*({_n(v1)}-{_n(v0)})"
        said = f"IF({x}<{_n(x1)},{line},{said})"
    return f"IF({x}<={_n(knots[0][0])},{_n(knots[0][1])},{said})"


def _steps(x: str, rule: Step) -> str:
    """The step on which a figure stands."""
    falling = rule.steps[-1][1] < rule.steps[0][1]
    below = rule.below if rule.below is not None else rule.steps[0][1] if falling else Decimal(0)
    said = _n(below)
    for at, value in rule.steps:
        said = f"IF(ROUND({x},9)>={_n(at)},{_n(value)},{said})"
    return said


def price_formula_cells(
    name: str, p: str, prices: str, stated: Mapping[str, float], quality: tuple[str, str] | None = None
) -> str | None:
    """The score (0-100) of a price.

    Parameters
    ----------
    name : str
        Key of ``PRICE_FORMULAS``.
    p : str
        Reference to the price that is scored.
    prices : str
        The prices of all eligible bids.
    stated : mapping
        Parameters as stated; defaults are filled in.
    quality : tuple of (str, str), optional
        Reference to the quality of the bid, and to that of all eligible bids, for a formula that reads it.
    """
    known = {q.name: q.default for q in PRICE_FORMULAS[name].parameters if not q.per_bid and q.default is not None}
    given = {key: exact(figure) for key, figure in ({**known, **stated}).items()}
    try:
        if name in _READERS:
            return _READERS[name](p, prices, given, quality) if quality is not None else None
        return _WRITERS[name](p, prices, given)
    except KeyError:
        return None


def _within(fraction: str) -> str:
    return f"100*MAX(0,MIN(1,{fraction}))"


def _min_max(p: str, r: str, _: Mapping[str, str]) -> str:
    between = _within(f"(MAX({r})-{p})/(MAX({r})-MIN({r}))")
    return f"IF(MAX({r})>MIN({r}),{between},100)"


def _to_ceiling(p: str, r: str, g: Mapping[str, str]) -> str:
    best = f"({g['ceiling']}-MIN({r}))"
    score = _within(f"({g['ceiling']}-{p})/{best}")
    return f"IF({best}>0,{score},0)"


def _power(p: str, r: str, g: Mapping[str, str]) -> str:
    best = f"({g['ceiling']}-MIN({r}))"
    score = _within(f"(MAX(0,{g['ceiling']}-{p})/{best})^{g['alpha']}")
    return f"IF({best}>0,{score},0)"


def _bilinear(p: str, r: str, g: Mapping[str, str]) -> str:
    c, x = g["ceiling"], g["x"]
    d, best = f"(MAX(0,{c}-{p})/{c})", f"(MAX(0,{c}-MIN({r}))/{c})"
    mean = f"(SUMPRODUCT(({c}-{r})*({r}<{c}))/{c}/COUNT({r}))"
    low, high = _within(f"{x}*{d}/{mean}"), _within(f"{x}+(1-{x})*({d}-{mean})/({best}-{mean})")
    line = f"IF({d}<={mean},{low},{high})"
    return f"IF({p}=MIN({r}),IF({best}>0,100,0),IF({best}>0,{line},0))"


def _trimmed(p: str, r: str, g: Mapping[str, str]) -> str:
    trimmed = f"(SUM({r})-MAX({r})-MIN({r}))/(COUNT({r})-2)"
    b = f"({g['k']}*IF(COUNT({r})>={g['trim_from']},{trimmed},AVERAGE({r})))"
    return _within(f"1-IF({p}>{b},{g['e1']}*({p}-{b})/{b},{g['e2']}*({b}-{p})/{b})")


def _per_price(p: str, r: str, _: Mapping[str, str], quality: tuple[str, str]) -> str:
    q, every = quality
    best = f"SUMPRODUCT(MAX({every}/{r}))"
    return f"IF({best}>0,{_within(f'{q}/{p}/{best}')},0)"


def _corridor(p: str, r: str, g: Mapping[str, str], quality: tuple[str, str]) -> str:
    q, every = quality
    best, edge = f"SUMPRODUCT(MAX({every}/{r}))", f"ROUND(1-{g['corridor']},9)"
    inside = f"(ROUND({every}/{r}/{best},9)>={edge})"
    within = _within(f"1-{g['corridor']}*(1-{q}/SUMPRODUCT(MAX({every}*{inside})))")
    line = f"IF(AND({q}>0,ROUND({q}/{p}/{best},9)>={edge}),{within},{_within(f'{q}/{p}/{best}')})"
    return f"IF({best}>0,{line},0)"


def _reduced(p: str, r: str, g: Mapping[str, str], quality: tuple[str, str]) -> str:
    most = g["features_max"]
    mine, every = (f"({each}/(1+{f}*{most}/100/(1-{most})))" for each, f in zip((p, r), quality, strict=True))
    return _within(f"SUMPRODUCT(MIN{every})/{mine}")


_READERS: dict[str, Callable[[str, str, Mapping[str, str], tuple[str, str]], str]] = {
    "price_per_quality_point": _per_price,
    "performance_per_price": _corridor,
    "reduced_price": _reduced,
}
_WRITERS: dict[str, Callable[[str, str, Mapping[str, str]], str]] = {
    "lowest_over_price": lambda p, r, _: _within(f"MIN({r})/{p}"),
    "linear_to_twice_lowest": lambda p, r, g: _within(f"1-({p}-MIN({r}))/(({g['factor']}-1)*MIN({r}))"),
    "min_max": _min_max,
    "linear_to_ceiling": _to_ceiling,
    "share_of_ceiling": lambda p, _, g: _within(f"({g['ceiling']}-{p})/{g['ceiling']}"),
    "power_discount": _power,
    "concave_ceiling": lambda p, _, g: _within(f"1-MIN(1,{p}/{g['ceiling']})^{g['exponent']}"),
    "bilinear": _bilinear,
    "trimmed_mean_benchmark": _trimmed,
    "mean_ratio": lambda p, r, _: _within(f"1-ABS({p}-AVERAGE({r}))/AVERAGE({r})"),
    "distance_from_mean": lambda p, r, g: _within(
        f"{g['at_mean']}/100+{g['per_percent']}*(AVERAGE({r})-{p})/AVERAGE({r})"
    ),
}
