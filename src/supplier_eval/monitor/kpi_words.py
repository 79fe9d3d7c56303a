"""How a KPI's figure came about, in sentences, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from supplier_eval.messages import Lang, message
from supplier_eval.monitor.kpi_definitions import TIMED, KpiDefinition


def figure_words(kpi: KpiDefinition, row: Mapping[str, object], lang: Lang) -> str:
    """Say what was counted, what came out, how sure it is, and why there is no figure where there is none.

    Parameters
    ----------
    kpi : KpiDefinition
        What was measured.
    row : mapping
        A row of `KpiResults.to_frame`.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        Two to seven sentences, the last one on the basis: raw.
    """
    facts = {key: row[key] for key in ("period", "supplier", "n", "events", "censored", "excluded", "asked")}
    facts |= {"kpi": kpi.name.say(lang) or kpi.id, "unit": unit_words(str(row["unit"]), lang)}
    said = [message("kpis.say.head", lang, **facts)]
    if row["value"] == row["value"]:  # not missing
        shown = {name: figure(kpi, row[name]) for name in ("value", "lower", "upper", "target")}
        said.append(message(f"kpis.say.{_kind(kpi)}", lang, **(facts | shown)))
        if bool(row["at_least"]):
            said.append(message("kpis.say.at_least", lang))
        if row["lower"] == row["lower"] and row["upper"] == row["upper"]:
            said.append(message("kpis.say.interval", lang, level=f"{float(kpi.confidence):.0%}", **(facts | shown)))
        met = {"True": "met", "False": "missed"}.get(str(row["meets_target"]), "")
        if met:
            said.append(message(f"kpis.say.{met}", lang, **(facts | shown)))
    if row["reason"]:
        said.append(message("kpis.say.reason", lang, why=message(f"kpis.reason.{row['reason']}", lang)))
    said += [message(f"kpis.say.{name}", lang, **facts) for name in ("censored", "excluded") if row[name]]
    if kpi.measure == "satisfaction" and row["asked"]:
        said.append(message("kpis.say.asked", lang, **facts))
    said.append(message("kpis.say.basis", lang))
    return ("" if lang == "zh" else " ").join(said)


def figure(kpi: KpiDefinition, value: object) -> str:
    """A figure as people read it: shares in percent, with as many decimals as keep it apart from 0 and from 100 %."""
    number = float(str(value))
    if number != number:  # noqa: PLR0124 - missing
        return "-"
    if kpi.kind == "rate" or kpi.measure == "availability":
        return _percent(number)
    return f"{number:,.2f}" if abs(number) >= 0.1 or number == 0 else f"{number:.2g}"


def unit_words(unit: str, lang: Lang) -> str:
    """The unit as it is read: hours, points, and the units of the definition as they stand."""
    known = {"h": ("hours", "小时"), "points": ("points", "分"), "index": ("(market 100)", "（市场为 100）")}
    return known.get(unit, (unit, unit))[lang == "zh"]


def _percent(share: float) -> str:
    places = 1
    while places < 6 and 0 < share < 1 and round(100 * share, places) in {0.0, 100.0}:
        places += 1
    return f"{100 * share:.{places}f} %"


def _kind(kpi: KpiDefinition) -> str:
    if kpi.measure == "availability":
        return "availability"
    return f"time_{kpi.kind}" if kpi.measure in TIMED and kpi.kind != "rate" else kpi.kind
