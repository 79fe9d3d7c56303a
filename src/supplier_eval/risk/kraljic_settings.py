"""What a Kraljic portfolio is drawn with: weighted factors of both axes, the scale of their ratings, lines, margin."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.financial_statements import exact
from supplier_eval.risk.records import ARGUMENTS, as_figure, asked

TOTALS = (Fraction(1), Fraction(100))
RESERVED = ("item", "name")
Weights = Mapping[str, Fraction]


@dataclass(frozen=True)
class KraljicSettings:
    """Checked settings, exact.

    Parameters
    ----------
    supply_risk, profit_impact : mapping
        Factor -> weight; the weights of an axis add up to 1.
    scale : (Fraction, Fraction)
        Ratings that become 0 and 100.
    lines : (Fraction, Fraction)
        Supply risk and profit impact from which on they are high, 0-100.
    margin : Fraction
        Points on either side of a line that are grey.
    """

    supply_risk: Weights
    profit_impact: Weights
    scale: tuple[Fraction, Fraction]
    lines: tuple[Fraction, Fraction]
    margin: Fraction

    @property
    def factors(self) -> tuple[str, ...]:
        """All factors, each once."""
        return tuple(dict.fromkeys((*self.supply_risk, *self.profit_impact)))


def settings_of(axes: tuple[object, object], scale: object, lines: object, margin: object) -> KraljicSettings:
    """Check what was given.

    Parameters
    ----------
    axes : (mapping, mapping)
        Weights of supply risk and of profit impact.
    scale, lines : (float, float)
        As in `KraljicSettings`.
    margin : float
        Points, 0 to 50.

    Raises
    ------
    InvalidInput
        With every finding.
    """
    found: list[Finding] = []
    risk = _weights(axes[0], "supply_risk", found)
    impact = _weights(axes[1], "profit_impact", found)
    least, most = _pair(scale, "scale", found)
    if least >= most:
        found.append(Finding("kraljic.scale", ARGUMENTS, "scale", value=str(scale)))
    at = _pair(lines, "lines", found)
    if not all(0 < line < 100 for line in at):
        found.append(Finding("kraljic.lines", ARGUMENTS, "lines", value=str(lines)))
    width = as_figure(margin)
    if width is None or not 0 <= width <= 50:
        found.append(Finding("kraljic.margin", ARGUMENTS, "margin", value=str(margin)))
    if found:
        raise InvalidInput(found, ARGUMENTS)
    return KraljicSettings(risk, impact, (least, most), at, exact(width or 0.0))


def _weights(given: object, name: str, found: list[Finding]) -> dict[str, Fraction]:
    if not isinstance(given, Mapping) or not given:
        found.append(asked("kraljic.factors", name, given))
        return {}
    read: dict[str, Fraction] = {}
    for factor, weight in given.items():
        figure = as_figure(weight)
        if not isinstance(factor, str) or id_key(factor) in RESERVED:
            found.append(Finding("kraljic.factor", ARGUMENTS, name, value=str(factor)))
        elif figure is None or not 0 < figure < math.inf:
            facts = {"factor": factor}
            found.append(Finding("kraljic.weight", ARGUMENTS, name, value=str(weight), facts=facts))
        else:
            read[factor] = exact(figure)
    total = sum(read.values(), Fraction(0))
    if len(read) == len(given) and total not in TOTALS:
        found.append(Finding("kraljic.weights", ARGUMENTS, name, value=f"{float(total):.10g}"))
    return {factor: weight / (total or 1) for factor, weight in sorted(read.items())}


def _pair(given: object, name: str, found: list[Finding]) -> tuple[Fraction, Fraction]:
    figures = [as_figure(one) for one in given] if isinstance(given, Iterable) and not isinstance(given, str) else []
    known = [exact(one) for one in figures if one is not None and math.isfinite(one)]
    if len(figures) != 2 or len(known) != 2:
        found.append(Finding("kraljic.pair", ARGUMENTS, name, value=str(given)))
        return Fraction(1, 4), Fraction(3, 4)
    return known[0], known[1]
