"""What a change would make of a record, and everything that the life cycle and its guards have against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from supplier_eval.errors import Finding, Refused
from supplier_eval.registry.catalogue import life_cycles
from supplier_eval.registry.guards.fields import blank
from supplier_eval.registry.lifecycle import ADD, EDIT, NOTHING, Guard, LifeCycle, Move, Situation
from supplier_eval.registry.record import Record, Stored
from supplier_eval.registry.rules import HouseRules
from supplier_eval.registry.store_findings import value_findings
from supplier_eval.registry.store_reading import Reading
from supplier_eval.registry.store_references import References

ALL = "*"


@dataclass(frozen=True)
class Asked:
    """Who asks, when, what can be read, and under which rules."""

    actor: str
    at: datetime
    reader: Reading
    rules: HouseRules


@dataclass(frozen=True, slots=True)
class Change:
    """A change that may be made.

    Parameters
    ----------
    record : Record
        As it will be.
    state : str
        Where it will stand.
    event : str
        What happens.
    """

    record: Record
    state: str
    event: str


def cycle_of(kind: str) -> LifeCycle:
    """The life cycle of a kind; a kind without one is a mistake of the declarations."""
    found = life_cycles().get(kind)
    if found is None:
        raise RuntimeError(f"kind {kind} has no life cycle")
    return found


def adding(kind: str) -> Move:
    """The move by which records of a kind begin."""
    found = cycle_of(kind).move(NOTHING, ADD)
    if found is None:
        raise RuntimeError(f"the life cycle of {kind} has no {ADD}")
    return found


def added(record: Record, asked: Asked, begins: Move | None = None) -> Change:
    """A new record; `begins` is the move by which its kind begins, where the caller has looked it up.

    Raises
    ------
    Refused
        With everything that its life cycle has against it.
    """
    move = begins or adding(record.kind)
    found = _lacking(record, move) if move.needs else []
    if move.guards:
        found += _objections(move.guards, _situation(record, None, ADD, asked))
    if found:
        _refuse(found)
    return Change(record, move.target, ADD)


def edited(stored: Stored, fields: Mapping[str, Any], asked: Asked) -> Change:
    """A record with other values in some fields, where its state allows that.

    Raises
    ------
    Refused
        With everything that is against it.
    """
    cycle = cycle_of(stored.kind)
    found = _closed_fields(stored, fields, set(cycle.editable.get(stored.state, ())))
    record = _changed(stored.record, fields, found, asked.reader)
    _refuse([*found, *_objections(cycle.edit_guards, _situation(record, stored, EDIT, asked))])
    return Change(record, stored.state, EDIT)


def moved(stored: Stored, event: str, fields: Mapping[str, Any], asked: Asked) -> Change:
    """A record after an event.

    Raises
    ------
    Refused
        For an event that its state does not know, or with everything that is against the move.
    """
    cycle = cycle_of(stored.kind)
    move = None if event in {ADD, EDIT} else cycle.move(stored.state, event)
    if move is None:
        facts = {"state": stored.state, "known": ", ".join(cycle.events(stored.state)), "id": stored.id}
        raise Refused([Finding(f"{stored.kind}.state.no_such_move", stored.kind, "state", value=event, facts=facts)])
    found = _closed_fields(stored, fields, {*move.needs, *move.may, *cycle.editable.get(stored.state, ())})
    try:
        record = _changed(stored.record, fields, found, asked.reader)
    except Refused as refused:  # guards cannot be asked; what was not given at all is known all the same
        lacking = [finding for finding in _lacking(stored.record, move) if finding.column not in fields]
        raise Refused([*refused.findings, *lacking]) from None
    found += _lacking(record, move)
    _refuse([*found, *_objections(move.guards, _situation(record, stored, event, asked))])
    return Change(record, move.target, event)


def _closed_fields(stored: Stored, fields: Mapping[str, Any], open_fields: set[str]) -> list[Finding]:
    """A finding for each field that there is not, that is the id, or that this state does not open."""
    kind, known, found = stored.kind, type(stored.record).model_fields, []
    for name in fields:
        if name not in known:
            facts = {"known": ", ".join(known)}
            found.append(Finding(f"{kind}.{name}.no_such_field", kind, name, value=str(fields[name]), facts=facts))
        elif name == "id":
            found.append(Finding(f"{kind}.id.id_kept", kind, "id", value=str(fields[name]), facts={"id": stored.id}))
        elif name not in open_fields and ALL not in open_fields:
            facts = {"state": stored.state, "id": stored.id, "known": ", ".join(sorted(open_fields)) or "-"}
            found.append(Finding(f"{kind}.{name}.not_editable", kind, name, value=str(fields[name]), facts=facts))
    return found


def _changed(record: Record, fields: Mapping[str, Any], found: list[Finding], reading: Reading) -> Record:
    """The record with these values, checked like a new one and its references spelled, before any guard follows them.

    Refused together with what was found before.
    """
    declared = type(record)
    given = {name: value for name, value in fields.items() if name in declared.model_fields and name != "id"}
    if not given:
        return record
    try:
        made = declared.model_validate({**record.__dict__, **given})
        return References(reading, [made]).resolved(made)
    except ValidationError as refused:
        raise Refused([*found, *value_findings(record.kind, refused)]) from None
    except Refused as refused:
        raise Refused([*found, *refused.findings]) from None


def _lacking(record: Record, move: Move) -> list[Finding]:
    return [
        Finding(f"{record.kind}.{name}.needed", record.kind, name, facts={"event": move.event, "id": record.id})
        for name in move.needs
        if blank(record, name)
    ]


def _situation(record: Record, before: Stored | None, event: str, asked: Asked) -> Situation:
    return Situation(record, before, event, asked.actor, asked.at, asked.reader, asked.rules)


def _objections(guards: Iterable[Guard], situation: Situation) -> list[Finding]:
    return [finding for guard in guards for finding in guard.check(situation)]


def _refuse(found: list[Finding]) -> None:
    """Refuse where anything that was found is an error; a warning refuses nothing."""
    if any(finding.severity == "error" for finding in found):
        raise Refused(found)
