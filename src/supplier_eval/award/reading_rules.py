"""Business rules as people write them, read into `Rule`: kinds, fields, figures, ids; all that is wrong at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from supplier_eval.award.parts import Attributes, Lot, Supplier
from supplier_eval.award.reading_cells import TYPED, Reader, attribute_of, figure_of, is_blank
from supplier_eval.award.reading_fields import OWN_PREFIX, code_of
from supplier_eval.award.reading_parts import ids_of, references
from supplier_eval.award.reading_tables import Gathered, Ids, Reading, nearest, table_of
from supplier_eval.award.rules import RULE_KINDS, Rule
from supplier_eval.intake.cell_values import Problem
from supplier_eval.intake.identifiers import id_key
from supplier_eval.policy.award_checks import COUNTS, needs, reads
from supplier_eval.policy.frozen import FrozenDict

ALIASES = MappingProxyType(
    {"type": "kind", "supplier": "suppliers", "who": "suppliers", "lot": "lots", "attr": "attribute", "if": "when"}
)
READERS = MappingProxyType(
    {
        **dict.fromkeys(("id", "when", "then"), "id"),
        **dict.fromkeys(("kind", "attribute", "clause", "note"), "text"),
        **dict.fromkeys(("suppliers", "lots"), "ids"),
        **dict.fromkeys(("group", "where"), "any"),
        "value": "any",
        "penalty": "quantity",
        "hard": "yes_no",
    }
)
RESERVED = "_"
CONCERNED = ("value", "suppliers", "group", "lots", "where", "attribute", "when", "then")


def read_rules(
    given: object, lots: Mapping[str, Lot], suppliers: Mapping[str, Supplier], reading: Reading
) -> dict[str, Rule]:
    """Read the rules, by id.

    Parameters
    ----------
    given : sequence of Rule or mapping, mapping of id to these, table, or None
        Fields as of `Rule`; ``type``, ``supplier``, ``who``, ``lot``, ``attr``, ``if`` are other words for fields.
    lots, suppliers : mapping
        Parts that rules may name.
    reading : Reading
        Takes the findings.
    """
    table = table_of(given, "rules", reading)
    gathered = Gathered("rules")
    known = dict(zip(("lot", "supplier"), ids_of(lots, suppliers, reading), strict=True))
    rules: dict[str, Rule] = {}
    first: dict[str, tuple[str, int]] = {}
    for row, number in zip(table.rows, table.numbers, strict=True):
        said = _fields(row, number, gathered)
        rule = _rule(said, number, known, gathered)
        if not said.get("id"):
            continue
        if str(said["id"]).startswith(RESERVED):
            gathered.note("award.rule_id_reserved", "id", number, said["id"])
        name, before = first.setdefault(id_key(said["id"]), (said["id"], number))
        if before != number:
            for twice in (before, number):
                gathered.note("award.id_twice", "id", twice, name, name)
        elif rule is not None:
            rules[rule.id] = rule
    reading.rows["rules"] = dict(first.values())
    reading.findings += gathered.findings()
    return dict(sorted(rules.items()))


def _fields(row: Mapping[str, Any], number: int, gathered: Gathered) -> dict[str, Any]:
    """The fields that are stated, each under its own name and read; what is written badly is None."""
    said: dict[str, Any] = {}
    rule = str(row.get("id", ""))
    for word, cell in row.items():
        name = ALIASES.get(word, word)
        if name not in READERS:
            if not str(word).startswith(OWN_PREFIX):
                facts = {"rule": rule, "known": ", ".join(READERS), "near": nearest(str(word), [*READERS, *ALIASES])}
                gathered.note("award.rule_key_unknown", str(word), number, word, rule, **facts)
            continue
        if name in said:
            gathered.note("award.rule_key_twice", name, number, word, rule, rule=rule)
        if is_blank(cell) or cell == () or (isinstance(cell, Mapping) and not cell):
            continue
        value = Reader(READERS[name], TYPED)(cell)
        if isinstance(value, Problem):
            gathered.note(code_of(value), name, number, value.value, rule, rule=rule)
            value = None
        elif value == ():
            gathered.note("award.rule_names_nobody", name, number, "", rule, rule=rule)
        said[name] = value
    if is_blank(row.get("id")):
        gathered.note("award.cell_empty", "id", number)
    return said


def _rule(said: dict[str, Any], number: int, known: Mapping[str, Ids], gathered: Gathered) -> Rule | None:
    """One rule; None where it has no id or kind."""
    kind: Any = said.get("kind")
    name = said.get("id") or ""
    if kind not in RULE_KINDS:
        if kind is None:
            gathered.note("award.rule_kind_missing", "kind", number, name, name, rule=name)
        else:
            facts = {"rule": name, "near": nearest(kind, RULE_KINDS), "known": ", ".join(RULE_KINDS)}
            gathered.note("award.rule_kind", "kind", number, kind, name, **facts)
        return None
    _shape(said, kind, name, number, gathered)
    who = references(said.get("suppliers") or (), "supplier", "suppliers", known["supplier"], number, gathered)
    where = references(said.get("lots") or (), "lot", "lots", known["lot"], number, gathered)
    when, then = (
        "".join(references((said[field],), "supplier", field, known["supplier"], number, gathered))
        if said.get(field)
        else ""
        for field in ("when", "then")
    )
    group, matched = (_matched(said.get(field), field, name, number, gathered) for field in ("group", "where"))
    rule = Rule(
        id=name,
        kind=kind,
        value=_value(said, kind, name, number, gathered),
        suppliers=who,
        lots=where,
        group=group,
        where=matched,
        attribute=said.get("attribute") or "",
        when=when,
        then=then,
        penalty=said.get("penalty"),
    )
    return replace(rule, clause=said["clause"]) if said.get("clause") else rule


def _shape(said: Mapping[str, Any], kind: str, name: str, number: int, gathered: Gathered) -> None:
    """Fields that the kind needs and lacks, fields that it would pass over, hard and soft."""
    fields = {"who": "suppliers"}
    needed = [fields.get(field, field) for field in needs(kind)]
    looked_at = [fields.get(field, field) for field in reads(kind)]
    facts = {"rule": name, "kind": kind, "known": ", ".join(looked_at)}
    for field in needed:
        if field not in said and not (field == "suppliers" and "group" in said):
            gathered.note("award.rule_field_missing", field, number, field, name, **facts)
    for field in CONCERNED:
        if field in said and field not in looked_at:
            gathered.note("award.rule_field_not_read", field, number, field, name, **facts)
    if said.get("hard") is False and "penalty" not in said:
        gathered.note("award.rule_soft", "penalty", number, name, name, rule=name)
    if said.get("hard") is True and "penalty" in said:
        gathered.note("award.rule_hard", "penalty", number, name, name, rule=name)


def _value(said: Mapping[str, Any], kind: str, name: str, number: int, gathered: Gathered) -> Fraction | None:
    """The limit, within what its kind can mean."""
    cell = said.get("value")
    if cell is None:
        return None
    share, text = RULE_KINDS[kind].share, cell.strip() if isinstance(cell, str) else ""
    percent = share and text.endswith("%")
    read = figure_of(text[:-1] if percent else cell)
    if isinstance(read, Problem):
        gathered.note(code_of(read), "value", number, read.value, name, rule=name)
        return None
    value = read / 100 if percent else read
    code = ""
    if share and not 0 <= value <= 1:
        code = "award.share"
    elif kind in COUNTS and (value < 0 or value.denominator != 1):
        code = "award.count"
    elif kind == "budget" and value < 0:
        code = "award.negative"
    if code:
        gathered.note(code, "value", number, str(cell), name, rule=name)
        return None
    return value


def _matched(given: object, field: str, name: str, number: int, gathered: Gathered) -> Attributes:
    """Attributes that suppliers or lots must have, as the problem holds them, in canonical order."""
    if given is None:
        return FrozenDict()
    if not isinstance(given, Mapping):
        gathered.note("award.attributes_shape", field, number, type(given).__name__, name, rule=name)
        return FrozenDict()
    wanted: dict[str, object] = {}
    for key, cell in given.items():
        value = Problem("award.cell_empty", "") if is_blank(cell) else attribute_of(cell)
        if isinstance(value, Problem):
            gathered.note(code_of(value), f"{field}.{key}", number, value.value, name, rule=name)
        else:
            wanted[str(key)] = value
    return FrozenDict(sorted(wanted.items()))
