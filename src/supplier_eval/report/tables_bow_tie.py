"""Risks as bow-ties in a table: what stands before the event, the event, what stands after it, what is left.

Clauses of the policy (§6.2.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.formats import names, number, plain
from supplier_eval.report.tables import Table
from supplier_eval.report.tables_risk import first_rows
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.risk.register_entries import RiskLevel
    from supplier_eval.risk.response_front import RiskResponses
    from supplier_eval.risk.response_records import Measure

NOTHING = "–"
MOST_EVENTS = 20


def bow_tie_table(responses: RiskResponses, lang: Lang, most: int = MOST_EVENTS) -> Table:
    """A row for each risk with a measure, by residual loss: measures that lower its frequency, and its severity.

    Parameters
    ----------
    responses : RiskResponses
        As `risk.assess_responses` gives it.
    lang : {"en", "zh"}
        Language.
    most : int
        Rows at most; those with the largest loss left, the others are counted.

    Returns
    -------
    Table
        Measures that count as they are; such that count for nothing, and those that are only proposed, say so. Events a
        year and the mean loss of one event before and after the controls that count.
    """
    say, rows = words(lang), []
    mine: dict[str, list[Measure]] = {}
    for measure in responses.measures:
        mine.setdefault(measure.risk, []).append(measure)
    order = sorted(mine, key=lambda key: -(responses.risks[key].residual.expected_loss or -1.0))
    for key in order:
        one, entry = responses.risks[key], responses.register.risks[key]
        before = [_named(m, lang) for m in mine[key] if m.frequency_factor < 1]
        after = [_named(m, lang) for m in mine[key] if m.severity_factor < 1]
        events = _both(entry.inherent.frequency, one.residual.frequency, 3)
        loss = _both(entry.inherent.impact, one.residual.impact, 0)
        event = f"{plain(key)} · {plain(entry.name)}" if entry.name else plain(key)
        rows.append(
            (names(before, lang) or NOTHING, events, event, names(after, lang) or NOTHING, loss, _left(one.residual))
        )
    heads = (("before", "text"), ("events", "figure"), ("event", "text"), ("after", "text"), ("one_loss", "figure"))
    unit = {"currency": responses.register.currency}
    columns = tuple((say[f"risk_head.{head}"].format(**unit), kind) for head, kind in (*heads, ("left", "figure")))
    return Table("bow_tie", columns, first_rows(rows, lang, most), {})  # type: ignore[arg-type]


def _named(measure: Measure, lang: Lang) -> str:
    """A measure with what keeps it from counting."""
    say = words(lang)
    if measure.counts:
        return measure.measure
    why = say["risk.proposed"] if measure.state == "proposed" else say["risk.void"]
    return say["risk.with_state"].format(measure=measure.measure, state=why)


def _both(before: float | None, after: float | None, places: int) -> str:
    return f"{number(before, places)} → {number(after, places)}"


def _left(residual: RiskLevel) -> str:
    return number(residual.expected_loss, 0)
