r"""The Kraljic position of items or suppliers: supply risk against profit impact, with a grey margin around the lines.

Each axis is a weighted mean of rated factors, brought to 0-100:

.. math:: x = \sum_f w_f \cdot 100\,\frac{r_f - r_{min}}{r_{max} - r_{min}}, \qquad \sum_f w_f = 1

Low and low is routine (Kraljic: non-critical), high impact alone leverage, high risk alone bottleneck, both strategic.
A figure on a line is high.

Source: Kraljic (1983), Purchasing Must Become Supply Management, Harvard Business Review 61(5), 109-117 (recalled). It
names the two axes and the four kinds; factors, weights, lines and margin are the company's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.risk.financial_statements import exact
from supplier_eval.risk.kraljic_result import KraljicPortfolio, KraljicPosition, Quadrant
from supplier_eval.risk.kraljic_settings import KraljicSettings, Weights, settings_of
from supplier_eval.risk.records import Column, Record, read_records

if TYPE_CHECKING:
    import pandas as pd

TABLE = "items"
TENTH = 10
BY_SIDES: Mapping[tuple[bool, bool], Quadrant] = {
    (False, False): "routine",
    (False, True): "leverage",
    (True, False): "bottleneck",
    (True, True): "strategic",
}


def kraljic(
    items: pd.DataFrame,
    *,
    supply_risk: Mapping[str, float],
    profit_impact: Mapping[str, float],
    scale: tuple[float, float] = (0.0, 100.0),
    lines: tuple[float, float] = (50.0, 50.0),
    margin: float = 5.0,
) -> KraljicPortfolio:
    """Say which items are routine, leverage, bottleneck or strategic, and which lie too near a line to say.

    Parameters
    ----------
    items : DataFrame
        ``item`` (id, str), optional ``name``, and a column for each factor: ratings within `scale`, a high one is a
        high risk or a high impact; empty where not rated.
    supply_risk, profit_impact : mapping
        Factor -> weight above 0; those of an axis add up to 1 or to 100.
    scale : (float, float)
        Least and most rating, such as (1, 5). Where no rating exceeds its lowest tenth, `notes` of the result warn.
    lines : (float, float)
        Supply risk and profit impact, on 0-100, from which on they are high.
    margin : float
        Points, 0 to 50: within them of a line (the ends included) an item is grey, and both neighbours are named; near
        both lines all four. 0 for none.

    Returns
    -------
    KraljicPortfolio

    Raises
    ------
    InvalidInput
        With every finding: weights that do not add up, columns missing, ratings outside the scale.

    Notes
    -----
    An item with a factor that is not rated has no position: missing is neither low nor high.

    Examples
    --------
    >>> import pandas as pd
    >>> items = pd.DataFrame({"item": ["call centre", "desk support"], "switching": [90, 20], "spend": [80, 30]})
    >>> portfolio = se.risk.kraljic(items, supply_risk={"switching": 1}, profit_impact={"spend": 1})
    >>> portfolio
    KraljicPortfolio(routine 1, leverage 0, bottleneck 0, strategic 1; 0 grey, 0 not placed)
    """
    found: list[Finding] = []
    settings: KraljicSettings | None = None
    records: list[Record] = []
    try:
        settings = settings_of((supply_risk, profit_impact), scale, lines, margin)
    except InvalidInput as refused:
        found += refused.findings
    given = [name for axis in (supply_risk, profit_impact) if isinstance(axis, Mapping) for name in axis]
    factors = tuple(dict.fromkeys(str(name) for name in given)) if settings is None else settings.factors
    least, most = (-math.inf, math.inf) if settings is None else map(float, settings.scale)
    columns = [Column("item"), Column("name", required=False, filled=False)]
    columns += [Column(name, "figure", filled=False, least=least, most=most) for name in factors]
    try:
        records = read_records(items, columns, TABLE, key=("item",))
    except InvalidInput as refused:
        found += refused.findings
    if found or settings is None:
        raise InvalidInput(found, TABLE)
    notes = _unused_scale(records, settings)
    return KraljicPortfolio({one.text("item"): _position(one, settings) for one in records}, settings, notes)


def _unused_scale(records: Sequence[Record], settings: KraljicSettings) -> tuple[Finding, ...]:
    """A warning where all ratings lie in the lowest tenth of the scale: 1-5 read as 0-100 makes everything routine."""
    least, most = settings.scale
    ratings = [exact(x) for one in records for name in settings.factors if (x := one.figure(name)) is not None]
    if len(ratings) < 2 or max(ratings) > least + (most - least) / TENTH:
        return ()
    facts = {"least": f"{float(least):g}", "most": f"{float(most):g}"}
    return (Finding("kraljic.scale_unused", TABLE, value=f"{float(max(ratings)):g}", facts=facts, severity="warning"),)


def _position(record: Record, settings: KraljicSettings) -> KraljicPosition:
    risk = _axis(record, settings.supply_risk, settings)
    impact = _axis(record, settings.profit_impact, settings)
    missing = tuple(name for name in settings.factors if record.figure(name) is None)
    item, name = record.text("item"), record.text("name")
    if risk is None or impact is None:
        return KraljicPosition(item, name, risk, impact, missing=missing)
    sides = [_sides(figure, line, settings.margin) for figure, line in zip((risk, impact), settings.lines, strict=True)]
    could = [BY_SIDES[a, b] for a in sides[0] for b in sides[1]]
    ordered = tuple(quadrant for quadrant in BY_SIDES.values() if quadrant in could)
    return KraljicPosition(item, name, risk, impact, BY_SIDES[sides[0][0], sides[1][0]], ordered)


def _axis(record: Record, weights: Weights, settings: KraljicSettings) -> Fraction | None:
    low, high = settings.scale
    total = Fraction(0)
    for name, weight in weights.items():
        rating = record.figure(name)
        if rating is None:
            return None
        total += weight * 100 * (exact(rating) - low) / (high - low)
    return total


def _sides(figure: Fraction, line: Fraction, margin: Fraction) -> tuple[bool, ...]:
    """Whether a figure is high; then, where it is grey, the other side too."""
    high = figure >= line
    return (high, not high) if margin and abs(figure - line) <= margin else (high,)
