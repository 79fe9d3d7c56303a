"""A reader over records given by hand, situations on it, and what every life cycle must satisfy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from supplier_eval.errors import Finding
from supplier_eval.messages import entry
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.lifecycle import ADD, Guard, LifeCycle, Situation
from supplier_eval.registry.record import Record, Stored
from supplier_eval.registry.rules import HouseRules

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)


class Shelf:
    """What a guard could read: the records that are given."""

    def __init__(self, *kept: Stored, contents: Mapping[str, bytes] | None = None) -> None:
        self.kept, self.contents = kept, contents or {}

    def content(self, digest: str) -> bytes | None:
        return self.contents.get(digest)

    def get(self, kind: str, key: str) -> Stored | None:
        return next((k for k in self.kept if (k.kind, k.id) == (kind, key)), None)

    def where(self, kind: str, /, states: Iterable[str] = (), **equals: object) -> tuple[Stored, ...]:
        states = tuple(states)
        found = [k for k in self.kept if k.kind == kind and (not states or k.state in states)]
        return tuple(k for k in found if all(getattr(k, name) == value for name, value in equals.items()))


def stored(kind: str, state: str, **fields: object) -> Stored:
    return Stored(kind_named(kind)(**fields), state, 1, NOW, "li")


def situation(
    record: Record,
    *kept: Stored,
    before: Stored | None = None,
    at: datetime = NOW,
    contents: Mapping[str, bytes] | None = None,
) -> Situation:
    return Situation(record, before, "move", "li", at, Shelf(*kept, contents=contents), HouseRules.default())


def objections(guard: Guard, asked: Situation) -> list[tuple[str, str]]:
    """Code and column of everything that a guard has against a move; each can say itself in both languages."""
    found = list(guard.check(asked))
    for finding in found:
        assert isinstance(finding, Finding)
        assert finding.table == asked.record.kind
        assert finding.line("en")
        assert finding.advise("zh")
    assert {finding.code for finding in found} <= {guard.code}
    return [(finding.code, finding.column) for finding in found]


def assert_declared_well(cycle: LifeCycle) -> None:
    """Its fields exist, its states are reached, each event leads one way, and every guard has words and a clause."""
    fields = set(kind_named(cycle.kind).model_fields)
    assert [(m.event, m.target) for m in cycle.moves if m.source == ""] == [(ADD, cycle.moves[0].target)]
    assert len({(m.source, m.event) for m in cycle.moves}) == len(cycle.moves)
    assert {m.source for m in cycle.moves if m.source} <= {m.target for m in cycle.moves}
    assert set(cycle.closed) | set(cycle.editable) <= set(cycle.states)
    guards = [*cycle.edit_guards, *(guard for move in cycle.moves for guard in move.guards)]
    for move in cycle.moves:
        assert move.clause.startswith("§")
        assert {*move.needs, *move.may} <= fields, move
    for names in cycle.editable.values():
        assert set(names) - {"*"} <= fields
    for guard in guards:
        assert guard.clause.startswith("§")
        assert entry(guard.code), guard.code
        assert guard.code.startswith(f"{cycle.kind}."), guard.code
