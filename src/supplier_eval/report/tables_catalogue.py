"""The catalogue of the registry as rows of text: kinds of records, their fields, the moves of their life cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, message
from supplier_eval.registry.catalogue import kinds, life_cycles
from supplier_eval.registry.cell_text import CellColumn, cell_columns
from supplier_eval.report.formats import NOTHING
from supplier_eval.report.tables import Kind, Table
from supplier_eval.report.tables_registry import field_words, state_words

if TYPE_CHECKING:
    from supplier_eval.registry.record import Record

FORMS = {"sha256:": "digest", "[A-Z]{3}": "currency"}
"""Marks of a pattern and what a text of that form is."""


def kinds_table(lang: Lang) -> Table:
    """Every kind with its clauses, states and fields."""
    heads = _heads(("kind", "words", "clause", "states"), lang)
    rows = [
        (kind, declared.words.say(lang), " ".join(declared.clauses), " ".join(life_cycles()[kind].states))
        for kind, declared in kinds().items()
    ]
    return Table("kinds", heads, tuple(rows), {})


def fields_table(declared: type[Record], lang: Lang) -> Table:
    """Every field of a kind: what it holds, whether it is needed, what it refers to, when it falls due."""
    from supplier_eval.registry.record import due_fields, references

    heads = _heads(("field", "words", "holds", "needed", "note"), lang)
    refers, due = references(declared), due_fields(declared)
    rows = []
    for column in cell_columns(declared):
        notes = [f"→ {refers[column.name]}"] if column.name in refers else []
        notes += [message(f"registry.due.{due[column.name].what}", lang)] if column.name in due else []
        notes += [" | ".join(column.choices)] if column.choices else []
        needed = message(f"registry.{'yes' if column.required else 'no'}", lang)
        rows.append((column.name, field_words(column.name, lang), _holds(declared, column), needed, "; ".join(notes)))
    return Table("fields", heads, tuple(rows), {})


def _holds(declared: type[Record], column: CellColumn) -> str:
    """What a field holds, by one word: a digest and a currency are texts of a form, money a number of two places."""
    told = repr(declared.model_fields[column.name])
    if column.kind == "text":
        return next((word for mark, word in FORMS.items() if mark in told), "text")
    return "money" if column.kind == "number" and "decimal_places=2" in told else column.kind


def moves_table(kind: str, lang: Lang) -> Table:
    """The life cycle of a kind: event, from which state to which, what it needs."""
    heads = _heads(("event", "from", "to", "needs", "clause"), lang)
    rows = [
        (
            move.event,
            state_words(move.source, lang) if move.source else NOTHING,
            state_words(move.target, lang),
            " ".join(move.needs),
            move.clause,
        )
        for move in life_cycles()[kind].moves
    ]
    return Table("moves", heads, tuple(rows), {})


def _heads(names: tuple[str, ...], lang: Lang) -> tuple[tuple[str, Kind], ...]:
    return tuple((field_words(name, lang), "text") for name in names)
