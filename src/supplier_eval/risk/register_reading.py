"""From the tables of a register to its risks, or everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.indicator_history import dated_records
from supplier_eval.risk.loss_register import WIDEST
from supplier_eval.risk.records import Record, several_currencies
from supplier_eval.risk.register_entries import KNOWLEDGE, STAGES, RatedOn, RegisteredRisk, RiskLevel, money_text
from supplier_eval.risk.register_tables import RATING_COLUMNS, RATINGS, RISK_COLUMNS, RISKS
from supplier_eval.risk.said_figures import figure_text
from supplier_eval.risk.said_names import Names

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.risk.matrix import RiskMatrix

CATEGORIES = ("market", "credit", "technical", "quality", "legal", "information_security", "continuity")
CHINESE = {
    **{"市场": "market", "信用": "credit", "技术": "technical", "质量": "quality", "法律": "legal", "法务": "legal"},
    **{"信息安全": "information_security", "连续性": "continuity", "业务连续性": "continuity"},
    **{"强": "strong", "中": "medium", "弱": "weak"},
}


def read_risks(
    tables: Mapping[str, pd.DataFrame], as_of: date, categories: Sequence[str], matrix: RiskMatrix | None
) -> tuple[dict[str, RegisteredRisk], str, int, list[Finding]]:
    """Risks by id in canonical order, the currency, ratings that lie after the day, and what is wrong.

    Parameters
    ----------
    tables : mapping
        ``risks`` and, optionally, ``ratings``.
    as_of : date
        Ratings after it are counted and left out; a risk identified after it is refused.
    categories : sequence of str
        Known categories.
    matrix : RiskMatrix or None
        Scales that every level must lie on.
    """
    if RISKS not in tables:
        return {}, "", 0, [Finding("register.no_risks", RISKS)]
    records, days, found = dated_records(tables[RISKS], RISK_COLUMNS, RISKS, ("identified",), ("risk",))
    ids = {id_key(r.text("risk")) for r in records if r.text("risk")}
    rated, later, more = _ratings(tables.get(RATINGS), ids, as_of, matrix)
    found += more + _of_risks(records, days, as_of, categories)
    if not len(tables[RISKS]) and not found:
        found.append(Finding("register.empty", RISKS))
    for record in records:
        for prefix in ("inherent_", "target_"):
            found += _level_findings(record, prefix, RISKS, matrix)
    if found:
        return {}, "", 0, found
    known = {id_key(name): name for name in categories}
    risks = {
        r.text("risk"): RegisteredRisk(
            *(
                r.text("risk"),
                r.text("name"),
                known.get(id_key(r.text("category"))) or known[_word(r.text("category"))],
                r.text("supplier"),
            ),
            *(r.text("contract"), r.text("owner"), days["identified"][r.row], as_of),
            *(_level(r, "inherent_"), _level(r, "target_")),
            None if r.figure("review_every") is None else int(r.figure("review_every") or 0),
            tuple(rated.get(id_key(r.text("risk")), ())),
        )
        for r in records
    }
    return risks, next((r.text("currency").upper() for r in records), ""), later, []


def _word(text: str) -> str:
    """A word of a choice as a key; the Chinese ones are those of the English ones."""
    return CHINESE.get(id_key(text), id_key(text))


def register_notes(risks: Mapping[str, RegisteredRisk]) -> tuple[Finding, ...]:
    """Warnings that refuse nothing: a current level above the inherent one, a target above the current one."""
    found = []
    for one in risks.values():
        losses = [one.level(stage).expected_loss for stage in STAGES]
        for code, upper, lower in (("above_inherent", losses[0], losses[1]), ("target_above", losses[1], losses[2])):
            if upper is not None and lower is not None and lower > upper * (1 + 1e-9):
                facts = {"risk": one.risk, "upper": money_text(upper)}
                found.append(
                    Finding(f"register.{code}", RISKS, value=money_text(lower), facts=facts, severity="warning")
                )
    return tuple(found)


def _level(record: Record, prefix: str) -> RiskLevel:
    return RiskLevel(*(record.figure(f"{prefix}{name}") for name in ("frequency", "low", "high")))


def _of_risks(
    records: Sequence[Record], days: Mapping[str, Mapping[int, date]], as_of: date, categories: Sequence[str]
) -> list[Finding]:
    known = {id_key(name) for name in categories}
    found = []
    for record in sorted(records, key=lambda one: one.row):
        if record.text("category") and not {id_key(record.text("category")), _word(record.text("category"))} & known:
            facts = {"known": Names(categories), "risk": record.text("risk")}
            place = (RISKS, "category", (record.row,), record.text("category"))
            found.append(Finding("register.category", *place, facts))
        day = days["identified"].get(record.row)
        if day is not None and day > as_of:
            facts = {"as_of": as_of.isoformat(), "risk": record.text("risk")}
            found.append(Finding("register.identified_later", RISKS, "identified", (record.row,), str(day), facts))
    return found + several_currencies("register.currencies", RISKS, records)


def _ratings(
    given: pd.DataFrame | None, known: set[str], as_of: date, matrix: RiskMatrix | None
) -> tuple[dict[str, list[RatedOn]], int, list[Finding]]:
    if given is None:
        return {}, 0, []
    records, days, found = dated_records(given, RATING_COLUMNS, RATINGS, ("on",))
    rated: dict[str, list[RatedOn]] = {}
    rows: dict[tuple[str, date], list[int]] = {}
    shown: dict[str, str] = {}
    later = 0
    for record in sorted(records, key=lambda one: one.row):
        key, day = id_key(record.text("risk")), days["on"].get(record.row)
        if known and key and key not in known:
            found.append(Finding("register.rating_stray", RATINGS, "risk", (record.row,), record.text("risk")))
        if record.text("knowledge") and _word(record.text("knowledge")) not in KNOWLEDGE:
            facts = {"known": Names(KNOWLEDGE)}
            place = (RATINGS, "knowledge", (record.row,), record.text("knowledge"))
            found.append(Finding("register.knowledge", *place, facts))
        found += _level_findings(record, "", RATINGS, matrix)
        if day is None:
            continue
        rows.setdefault((key, day), []).append(record.row)
        shown.setdefault(key, record.text("risk"))
        later += day > as_of
        if day <= as_of:
            said = _word(record.text("knowledge")), record.text("reason")
            rated.setdefault(key, []).append(RatedOn(day, record.text("by"), _level(record, ""), *said))
    found += [
        Finding("register.rating_twice", RATINGS, "on", tuple(same), day.isoformat(), {"risk": shown[key]})
        for (key, day), same in rows.items()
        if len(same) > 1
    ]
    return {key: sorted(held, key=lambda one: one.on) for key, held in rated.items()}, later, found


def _level_findings(record: Record, prefix: str, table: str, matrix: RiskMatrix | None) -> list[Finding]:
    """An interval upside down or without meaning; figures outside the scales."""
    level = _level(record, prefix)
    facts = {"risk": record.text("risk")}
    found = []
    if level.low is not None and level.high is not None and level.low > level.high:
        facts["low"] = f"{level.low:,.15g}"
        return [Finding("register.interval", table, f"{prefix}high", (record.row,), f"{level.high:,.15g}", facts)]
    if level.low is not None and level.high is not None and level.high > level.low * WIDEST:
        facts["low"] = f"{level.low:,.15g}"
        return [Finding("losses.interval_wide", table, f"{prefix}high", (record.row,), f"{level.high:,.15g}", facts)]
    if matrix is None:
        return []
    scales = (("likelihood", "frequency", level.frequency, matrix.likelihood),
              ("impact", "high", level.impact, matrix.impact))  # fmt: skip
    for scale, column, figure, bands in scales:
        if figure is not None and bands.index(figure) is None:
            ends = {"least": figure_text(bands.edges[0]), "most": figure_text(bands.edges[-1]), "unit": bands.unit}
            place = (table, f"{prefix}{column}", (record.row,), figure_text(figure))
            found.append(Finding(f"register.{scale}_outside", *place, facts | ends))
    return found
