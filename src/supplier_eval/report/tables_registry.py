"""The registry as tables of text: records that were found, what falls due, what happened, where everything stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang, catalogue, message
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.cell_text import CellColumn, cell_columns
from supplier_eval.registry.views_find import label_field
from supplier_eval.report.formats import NOTHING, day, moment, plain, short
from supplier_eval.report.tables import Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from supplier_eval.registry.record import Stored
    from supplier_eval.registry.views_dashboard import Dashboard
    from supplier_eval.registry.views_due import DueItem
    from supplier_eval.registry.views_find import FoundRecords
    from supplier_eval.registry.views_history import RecordHistory
    from supplier_eval.registry.views_opening import OpeningRecord

LONGEST = 400
"""Letters of one cell that a table shows; the record has them all."""
FIGURES = {"number", "whole"}
GONE = frozenset(
    (
        *("replaced", "withdrawn", "ended", "terminated", "cancelled", "rejected", "refused", "void", "superseded"),
        *("revoked", "retired", "expired", "left", "barred", "struck", "discarded", "annulled", "late", "incomplete"),
    )
)
"""States of what holds no more; shown paler."""
PARTS: dict[str, tuple[str, ...]] = {
    "certificate": ("id", "name", "number", "issuer", "valid_from", "valid_until"),
    "agreement": ("id", "data_class", "scope", "valid_from", "valid_until", "signed_on", "signed_by"),
    "bid": ("id", "tender", "lot", "received_at", "missing", "price_read", "reasons"),
    "award": ("id", "tender", "lot", "bid", "amount", "currency", "approved_by", "approved_on"),
    "contract": ("id", "title", "category", "data_class", "owner", "value", "currency", "starts_on", "ends_on"),
    "scorecard": ("id", "contract", "period", "score", "lower", "upper", "coverage", "grade", "standing"),
    "risk_rating": ("id", "on", "rating", "score", "reasons", "next_review"),
    "risk": ("id", "category", "title", "owner", "likelihood", "impact_low", "impact_high", "currency", "next_review"),
    "complaint": ("id", "contract", "client", "subject", "severity", "received_at", "resolved_at", "satisfaction"),
    "contact": ("id", "on", "by", "channel", "subject", "problem", "owner", "due", "resolved_on", "outcome"),
    "training": ("id", "audience", "topic", "planned_on", "held_on", "people_due", "people_present", "result"),
    "improvement_plan": ("id", "measure", "action", "owner", "baseline", "target", "due", "evidence_figure"),
    "registration": ("id", "tender", "registered_at", "reason"),
    "objection": ("id", "tender", "received_on", "text", "answer_due", "answered_on", "decision"),
    "supplier": ("id", "name", "unified_code", "categories", "owner"),
    "check": ("id", "contract", "purpose", "step", "planned_on", "done_on", "items", "failures", "outcome"),
    "warning": ("id", "indicator", "level", "raised_at", "owner", "due", "acknowledged_on", "action"),
    "control": ("id", "contract", "item", "evidence", "checked_on", "next_check"),
    "emergency_plan": ("id", "contract", "scenario", "version", "owner", "recovery_minutes", "review_due"),
    "incident": ("id", "title", "severity", "occurred_at", "owner", "lessons_due", "closed_on"),
    "milestone": ("id", "contract", "title", "due_on", "quantity", "delivered_on", "accepted_quantity", "quality"),
    "settlement": (
        "id",
        "contract",
        "period_from",
        "period_to",
        "gross",
        "credits",
        "net",
        "currency",
        "due_on",
        "paid_on",
    ),
    "service_credit": ("id", "contract", "settlement", "kpi", "period", "amount", "waived_by"),
    "change": (
        "id",
        "contract",
        "subject",
        "reason",
        "effect_price",
        "effect_term_days",
        "approved_by",
        "effective_on",
    ),
    "finding": ("id", "contract", "check", "text", "owner", "due", "action", "corrected_on", "verified_on"),
    "ip_item": ("id", "contract", "title", "origin", "owner_party", "licence", "return_due", "returned_on"),
    "handling": ("id", "contract", "step", "what", "data_class", "on", "by", "recipient"),
    "destruction": ("id", "contract", "what", "data_class", "due", "on", "by", "witness", "method"),
    "access": ("id", "contract", "person", "place_or_equipment", "granted_on", "review_due", "returned_on"),
}
"""What the archive shows of each kind; the records have more."""


def kind_words(kind: str, lang: Lang) -> str:
    """What people call a kind; its own name where it is none."""
    return kinds()[kind].words.say(lang) if kind in kinds() else kind


def field_words(field: str, lang: Lang) -> str:
    """What people call a field; its own name where the catalogue has no words for it."""
    code = f"registry.field.{field}"
    return message(code, lang) if code in catalogue() else field


def state_words(state: str, lang: Lang) -> str:
    """What people call a state."""
    code = f"registry.state.{state}"
    return message(code, lang) if code in catalogue() else state


def choice_words(choice: str, lang: Lang) -> str:
    """What people call one of the words that a field may hold; itself where the catalogue has none."""
    code = f"registry.choice.{choice}"
    return message(code, lang) if code in catalogue() else plain(choice)


def found_table(found: FoundRecords, lang: Lang, zone: tzinfo | None = None, *, every: bool = False) -> Table:
    """Records of one kind with the fields that the archive shows; with every field that any of them fills if asked."""
    if not every and found.kind in PARTS:
        return part_table(found.kind, found.records, lang, zone)
    columns = cell_columns(kinds()[found.kind])
    shown = [c for c in columns if c.name == "id" or any(is_filled(one, c.name) for one in found.records)]
    return records_table(found.kind, found.records, [c.name for c in shown], lang, zone)


def records_table(
    kind: str, records: Iterable[Stored], names: Iterable[str], lang: Lang, zone: tzinfo | None = None
) -> Table:
    """Records of one kind with these fields and their states, one row each."""
    by_name = {column.name: column for column in cell_columns(kinds()[kind])}
    shown = [by_name[name] for name in names]
    heads: list[tuple[str, Kind]] = [(field_words(c.name, lang), _set(c)) for c in shown]
    heads.append((field_words("state", lang), "text"))
    rows, marked = [], {}
    for place, one in enumerate(records):
        cells = [shown_value(c, getattr(one.record, c.name), lang, zone) for c in shown]
        rows.append((*cells, state_words(one.state, lang)))
        if one.state in GONE:
            marked[place] = "out"
    return Table(kind, tuple(heads), tuple(rows), marked)


def part_table(kind: str, records: Iterable[Stored], lang: Lang, zone: tzinfo | None = None) -> Table:
    """Records of one kind as the archive shows them, without the columns that none of them fills."""
    several = tuple(records)
    asked = PARTS.get(kind, ("id", label_field(kinds()[kind].model_fields)))
    names = [name for name in dict.fromkeys(asked) if name == "id" or any(is_filled(one, name) for one in several)]
    return records_table(kind, several, names, lang, zone)


def record_pairs(
    found: Stored, lang: Lang, zone: tzinfo | None = None, names: Iterable[str] | None = None
) -> list[tuple[str, str]]:
    """Every filled field of a record under its words, or these; then where it stands and who changed it last."""
    by_name = {column.name: column for column in cell_columns(type(found.record))}
    pairs = [
        (field_words(name, lang), shown_value(by_name[name], getattr(found.record, name), lang, zone, whole=True))
        for name in names or by_name
        if is_filled(found, name)
    ]
    changed = f"{moment(found.changed_at, lang, zone)}, {plain(found.changed_by)}"
    return [
        *pairs,
        (field_words("state", lang), state_words(found.state, lang)),
        (field_words("version", lang), str(found.version)),
        (field_words("changed_at", lang), changed),
    ]


def opened_bids(record: OpeningRecord, lang: Lang, zone: tzinfo | None = None) -> Table:
    """The bids of an opening: who, when received, under which digest, and the price where it was read out."""
    prices = record.opening.envelope != "technical"
    names = ("bid", "lot", "supplier", "name", "received_at", "digest", *(("price_read",) if prices else ()))
    heads = tuple((field_words(name, lang), _figure(name == "price_read")) for name in names)
    rows = []
    for bid in record.bids:
        who = (plain(bid.supplier), plain(record.suppliers[bid.supplier]))
        price = () if not prices else (f"{bid.price_read:,f}" if bid.price_read is not None else NOTHING,)
        rows.append(
            (plain(bid.id), plain(bid.lot) or NOTHING, *who, moment(bid.received_at, lang, zone), bid.digest, *price)
        )
    return Table("opened", heads, tuple(rows), {})


def due_table(items: Iterable[DueItem], lang: Lang) -> Table:
    """What falls due: day, days left, what, of which record, who answers for it."""
    heads: tuple[tuple[str, Kind], ...] = (
        (field_words("day", lang), "id"),
        (field_words("days_left", lang), "figure"),
        (field_words("what", lang), "text"),
        (field_words("kind", lang), "text"),
        (field_words("id", lang), "id"),
        (field_words("label", lang), "text"),
        (field_words("owner", lang), "text"),
        (field_words("state", lang), "text"),
    )
    rows, marked = [], {}
    for place, item in enumerate(items):
        left = short(float(item.days_left))
        what = message(f"registry.due.{item.what}", lang)
        label, owner = _cut(plain(item.label if item.label != item.id else "")) or NOTHING, plain(item.owner) or NOTHING
        cells = (day(item.day, lang), left, what, kind_words(item.kind, lang), plain(item.id), label, owner)
        rows.append((*cells, state_words(item.state, lang)))
        if item.days_left < 0:
            marked[place] = "open"
    return Table("due", heads, tuple(rows), marked)


def history_table(found: RecordHistory, lang: Lang, zone: tzinfo | None = None) -> Table:
    """Every change: when, who, event, state, and each field with what it was and what it became."""
    names = ("seq", "changed_at", "actor", "event", "state", "version", "field", "before", "after")
    figures = {"seq", "version"}
    heads = tuple((field_words(name, lang), _figure(name in figures)) for name in names)
    rows = []
    for line in found.lines:
        fixed = (
            str(line.seq),
            moment(datetime.fromisoformat(line.at), lang, zone),
            plain(line.actor),
            line.event,
            state_words(line.state, lang),
        )
        for name, before, after in line.changed or (("", "", ""),):
            change = (field_words(name, lang) if name else NOTHING, _cut(plain(before)), _cut(plain(after)))
            rows.append((*fixed, str(line.version), *change))
    return Table("history", heads, tuple(rows), {})


def states_table(found: Dashboard, lang: Lang) -> Table:
    """Records by kind and state with the age of the oldest and what is overdue."""
    names = ("kind", "state", "is_open", "count", "oldest_days", "overdue")
    heads = tuple((field_words(name, lang), _figure(name in {"count", "oldest_days", "overdue"})) for name in names)
    yes = {flag: message(f"registry.{'yes' if flag else 'no'}", lang) for flag in (True, False)}
    rows = [
        (
            kind_words(one.kind, lang),
            state_words(one.state, lang),
            yes[one.is_open],
            *(str(figure) for figure in (one.n, one.oldest_days, one.overdue)),
        )
        for one in found.states
    ]
    return Table("states", heads, tuple(rows), {i: "open" for i, one in enumerate(found.states) if one.overdue})


def shown_value(
    column: CellColumn,
    value: Any,  # noqa: ANN401 - any field
    lang: Lang,
    zone: tzinfo | None,
    *,
    whole: bool = False,
) -> str:
    """A field's value as people read it; long text is cut unless the whole is asked for."""
    if value is None or value in {"", ()}:
        return NOTHING
    if column.kind in FIGURES:
        return f"{value:,f}" if column.kind == "number" else f"{value:,}"
    if column.kind in {"yes_no", "choice"} or column.name == "data_class":
        return _word(value, lang)
    if column.kind in {"day", "moment"}:
        return day(value, lang) if column.kind == "day" else moment(value, lang, zone)
    text = "; ".join(value) if column.kind == "items" else str(value)
    lines = "\n".join(plain(line) for line in text.split("\n"))
    return lines if whole else _cut(lines)


def _word(value: str | bool, lang: Lang) -> str:
    return (
        choice_words(value, lang) if isinstance(value, str) else message(f"registry.{'yes' if value else 'no'}", lang)
    )


def is_filled(found: Stored, name: str) -> bool:
    """Whether a field holds anything."""
    return getattr(found.record, name) not in {None, "", ()}


def label_of(found: Stored) -> str:
    """By what people know a record."""
    return plain(getattr(found.record, label_field(type(found.record).model_fields)) or "")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _figure(is_figure: bool) -> Kind:
    return "figure" if is_figure else "text"


def _set(column: CellColumn) -> Kind:
    if column.kind in FIGURES:
        return "figure"
    return "id" if column.kind == "id" else "text"
