"""What a break-down says, in sentences: the contract's figure, then every group that may be named (§5.1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang, clean, known_language, message
from supplier_eval.monitor.chart_words import figure_text

if TYPE_CHECKING:
    from supplier_eval.monitor.breakdown import Breakdown

SHOWN = 60


def explain_breakdown(made: Breakdown, lang: Lang = "en") -> str:
    """Say the figures of every group, small groups left out as in `Breakdown.released`.

    Parameters
    ----------
    made : Breakdown
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        A line a period, KPI and group, 60 of them at most; how many were hidden; the basis.
    """
    known_language(lang)
    rows = made.released().to_dict("records")
    shown = [row for row in rows if not row["suppressed"]]
    facts: dict[str, object] = {"supplier": clean(made.supplier), "levels": " > ".join(made.levels), "n": len(rows)}
    lines = [message("breakdown.say.head", lang, **facts)]
    lines += [_line({str(key): cell for key, cell in row.items()}, lang) for row in shown[:SHOWN]]
    if len(shown) > SHOWN:
        lines.append(message("breakdown.say.more", lang, n=len(shown) - SHOWN))
    if len(shown) < len(rows):
        lines.append(message("breakdown.say.hidden", lang, n=len(rows) - len(shown)))
    return "\n".join([*lines, message("breakdown.say.basis", lang)])


def _line(row: Mapping[str, Any], lang: Lang) -> str:
    facts: dict[str, object] = {name: clean(row[name]) for name in ("period", "kpi", "path", "unit")}
    if row["status"] != "measured":
        why = message(f"kpis.reason.{row['reason']}", lang) if row["reason"] else str(row["status"])
        return message("breakdown.say.none", lang, **facts, why=why)
    met = {"True": "met", "False": "missed"}.get(str(row["meets_target"]), "open")
    facts |= {"value": figure_text(float(row["value"])), "n": row["n"], "target": figure_text(float(row["target"]))}
    return message(f"breakdown.say.{met}", lang, **facts)
