"""The table from which data-driven weights are read: checked, with all its findings at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.rank.asked import asked_sheet
from supplier_eval.robustness.scored import scored_bids
from supplier_eval.score.order import FloatArray, number_or_nan
from supplier_eval.score.sheet import ScoreSheet

if TYPE_CHECKING:
    import pandas as pd

Values: TypeAlias = "pd.DataFrame | npt.ArrayLike | ScoreSheet"
Directions: TypeAlias = "Mapping[str, object] | Sequence[object] | pd.Series[str] | None"
SIGNS = {"max": 1.0, "min": -1.0, "benefit": 1.0, "cost": -1.0, "1": 1.0, "-1": -1.0, "1.0": 1.0, "-1.0": -1.0}


@dataclass(frozen=True, eq=False)
class WeightTable:
    """A checked table, criteria first, with its labels.

    Parameters
    ----------
    bids, criteria : tuple of str
        As given, or the eligible bids and leaves of a sheet.
    table : ndarray of shape (n_criteria, n_bids)
        Finite figures in the criteria's own units.
    signs : ndarray of shape (n_criteria,)
        1 (more is better) or -1 (less is better).
    fingerprint : str
        Fingerprint of the policy of a sheet; empty for a table.
    """

    bids: tuple[str, ...]
    criteria: tuple[str, ...]
    table: FloatArray
    signs: FloatArray
    fingerprint: str


def weight_table(
    values: Values,
    directions: Directions,
    domain: str | None,
    needs_directions: bool = True,
) -> WeightTable:
    """Take the figures out of a table or a sheet, and refuse what the formula cannot take.

    Parameters
    ----------
    values : DataFrame, array_like or ScoreSheet
        Bids × criteria, or a sheet, of which the eligible bids are read.
    directions : mapping, Series or sequence of {"max", "min"}, optional
        By criterion name, or in the order of the columns; ``benefit`` and ``cost`` are understood too.
    domain : {"not_negative", "positive"} or None
        What figures the formula takes; None takes any that is finite.
    needs_directions : bool
        Whether a table without directions is refused; else all criteria are ``"max"``.

    Returns
    -------
    WeightTable
        The figures, nothing filled in.

    Raises
    ------
    InvalidInput
        With every finding at once.
    """
    findings: list[Finding] = []
    if isinstance(values, ScoreSheet):
        scored = scored_bids(values)
        if directions is not None:
            findings.append(Finding("data_weights.direction.with_sheet", "values", "direction"))
        bids, criteria, figures = scored.bids, scored.criteria, scored.values
        signs, fingerprint = np.ones(len(criteria)), scored.policy_fingerprint
    else:
        values = _as_frame(values)
        bids, criteria = tuple(map(str, values.index)), tuple(map(str, values.columns))
        if not bids or not criteria:
            raise InvalidInput([Finding("values.empty", "values")], "values")
        findings += _twice("bid", bids) + _twice("criterion", criteria)
        figures = np.array([[number_or_nan(cell) for cell in values.iloc[:, i]] for i in range(len(criteria))])
        signs, found = _signs(criteria, directions, needs_directions)
        findings += found
        fingerprint = ""
    findings += _outside(bids, criteria, figures, domain)
    if findings:
        raise InvalidInput(findings, "values")
    return WeightTable(bids, criteria, figures, signs, fingerprint)


def _as_frame(values: object) -> pd.DataFrame:
    """A frame as it is; an array of bids × criteria gets bids B1, B2, … and criteria C1, C2 and so on."""
    import pandas as pd

    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.intake.tender import Tender
    from supplier_eval.rank.points import PointsRanking

    if isinstance(values, pd.DataFrame):
        return values
    if values is None or isinstance(values, Evaluation | LotResult | Tender | PointsRanking):
        asked_sheet(values, "values")
    try:
        table = np.asarray(values)
    except ValueError:
        table = np.empty(0)
    if table.ndim != 2:
        raise InvalidInput([Finding("matrix.values.shape", "values", value=str(np.shape(table)))], "values")
    bids, criteria = ([f"{letter}{i + 1}" for i in range(n)] for letter, n in zip("BC", table.shape, strict=True))
    return pd.DataFrame(table, index=bids, columns=criteria)


def _twice(kind: str, names: tuple[str, ...]) -> list[Finding]:
    """Names that stand twice."""
    twice = sorted({name for name in names if names.count(name) > 1})
    return [Finding("values.duplicate", "values", kind, value=name, facts={"first": "-"}) for name in twice]


def _signs(criteria: tuple[str, ...], directions: Directions, needed: bool) -> tuple[FloatArray, list[Finding]]:
    """1 or -1 by criterion, and what is wrong with the directions given."""
    if directions is None:
        absent = [Finding("data_weights.direction.absent", "directions", name, value=name) for name in criteria]
        return np.ones(len(criteria)), absent if needed else []
    findings: list[Finding] = []
    if isinstance(directions, (list, tuple, np.ndarray)):
        if len(directions) != len(criteria):
            facts: dict[str, object] = {"n": len(criteria)}
            return np.ones(len(criteria)), [
                Finding("data_weights.direction.count", "directions", value=str(len(directions)), facts=facts)
            ]
        given = dict(zip(criteria, directions, strict=True))
    elif isinstance(directions, Mapping) or type(directions).__name__ == "Series":
        given = {str(name): way for name, way in dict(directions).items()}  # type: ignore[arg-type]
    else:
        kind = Finding("data_weights.direction.kind", "directions", value=f"{type(directions).__name__} {directions!r}")
        return np.ones(len(criteria)), [kind]
    for name in dict.fromkeys((*criteria, *given)):
        if name not in given:
            findings.append(Finding("data_weights.direction.absent", "directions", name, value=name))
        elif name not in criteria:
            facts = {"known": ", ".join(criteria)}
            findings.append(Finding("data_weights.direction.stray", "directions", name, value=name, facts=facts))
        elif _plain(given[name]) not in SIGNS:
            findings.append(Finding("data_weights.direction.unknown", "directions", name, value=str(given[name])))
    return np.array([SIGNS.get(_plain(given.get(name)), 1.0) for name in criteria]), findings


def _plain(way: object) -> str:
    """A direction as it is looked up; a truth value is none."""
    return "" if isinstance(way, bool | np.bool_) else str(way).strip().lower()


def _outside(
    bids: tuple[str, ...], criteria: tuple[str, ...], figures: FloatArray, domain: str | None
) -> list[Finding]:
    """Figures that are missing or outside what the formula can take, one finding a criterion and kind."""
    findings = []
    for name, row in zip(criteria, figures, strict=True):
        finite = np.isfinite(row)
        below = {"not_negative": finite & (row < 0), "positive": finite & (row <= 0)}.get(
            domain or "", ~(finite | True)
        )
        for problem, bad in (("missing", ~finite), (domain or "", below)):
            if bad.any():
                where = np.flatnonzero(bad)
                facts: dict[str, object] = {"bids": ", ".join(bids[b] for b in where[:10]), "n": int(where.size)}
                first = f"{row[where[0]]:g}"
                findings.append(Finding(f"data_weights.value.{problem}", "values", name, value=first, facts=facts))
    return findings
