"""Writing records inside one transaction: references resolved, life cycle asked, row and line of audit together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from supplier_eval.errors import ChangeSince, Conflict, Finding, Refused, UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.audit import RULES_KIND, AuditRow, chain_hash, moment_text, picture, rules_picture
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.lifecycle import ADD, EDIT
from supplier_eval.registry.record import Record, Stored
from supplier_eval.registry.store_changes import Asked, Change, added, adding, edited, moved
from supplier_eval.registry.store_engine import Driver
from supplier_eval.registry.store_reading import Reading
from supplier_eval.registry.store_references import References
from supplier_eval.registry.store_rules import RULES
from supplier_eval.registry.store_statements import insert, update
from supplier_eval.registry.store_tables import KEY, SYSTEM, shapes

BATCH = 500
MOST_FINDINGS = 1_000
"""Findings of `Writing.add_all` at which it stops looking for more."""
AUDIT = AuditRow._fields


class Writing:
    """What may be changed inside one transaction.

    Parameters
    ----------
    connection : Connection
        Of a transaction in which nobody else writes.
    asked : Asked
        Who asks, when, under which rules.
    """

    def __init__(self, connection: Connection, asked: Asked) -> None:
        self._driver = Driver.of(connection)
        self._asked = asked
        self._reading = Reading(connection)
        self._at = moment_text(asked.at)
        self._seq, self._head = self._reading.head()

    def add(self, records: Iterable[Record]) -> list[Stored]:
        """Store new records; all of them or none.

        Raises
        ------
        Refused
            With the findings of every record.
        """
        at, actor = self._asked.at, self._asked.actor
        changes, found = self._add_batch(list(records), set())
        if found:
            raise Refused(found)
        return [Stored(change.record, change.state, 1, at, actor) for change in changes]

    def add_all(self, records: Iterable[Record]) -> int:
        """Store any number of new records, a batch after the other; gives how many.

        Raises
        ------
        Refused
            With the findings of all batches, at most `MOST_FINDINGS`; what rests on a record that was refused is heard
            when that one is put right.
        """
        done, given, found = 0, iter(records), list[Finding]()
        failed: set[tuple[str, str]] = set()
        while len(found) < MOST_FINDINGS and (batch := list(islice(given, BATCH))):
            changes, wrong = self._add_batch(batch, failed)
            found += wrong
            done += len(changes)
        if found:
            raise Refused(found[:MOST_FINDINGS])
        return done

    def attach(self, record: Record, content: bytes) -> Stored:
        """Keep a content and its record, once.

        Raises
        ------
        Refused
            Where the same content is kept under another class.
        """
        known = self._reading.get(record.kind, record.id)
        if known is None:
            self._driver.run(insert("content", ("digest", "bytes"), self._driver.mark), (record.id, content))
            return self.add([record])[0]
        if known.data_class != getattr(record, "data_class", ""):
            facts = {"known": known.data_class, "id": known.id}
            value = getattr(record, "data_class", "")
            raise Refused(
                [Finding("attachment.data_class.differs", "attachment", "data_class", value=value, facts=facts)]
            )
        return known

    def set_rules(self, text: str) -> None:
        """Put rules in force, as TOML that was checked."""
        lines = self._reading.lines_of(RULES_KIND, RULES_KIND)
        if lines:
            self._driver.run(update("meta", ("value",), self._driver.mark, "name"), (text, RULES))
        else:
            self._driver.run(insert("meta", ("name", "value"), self._driver.mark), (RULES, text))
        before = lines[-1].after if lines else None
        event = EDIT if lines else ADD
        self.audit([(RULES_KIND, RULES_KIND, event, len(lines) + 1, before, rules_picture(text))])

    def edit(self, stored: Stored, fields: Mapping[str, Any]) -> Stored:
        """Give fields other values."""
        current = self._current(stored)
        return self._replace(current, edited(current, fields, self._asked))

    def move(self, stored: Stored, event: str, fields: Mapping[str, Any]) -> Stored:
        """Let an event happen."""
        current = self._current(stored)
        return self._replace(current, moved(current, event, fields, self._asked))

    def audit(self, lines: Iterable[tuple[str, str, str, int, str | None, str | None]]) -> None:
        """Write lines of kind, id, event, version, before and after, each chained to the one before it."""
        written = []
        for line in lines:
            self._seq += 1
            row = AuditRow(self._seq, self._at, self._asked.actor, *line)
            previous, self._head = self._head, chain_hash(self._head, row)
            written.append((*row[:9], previous, self._head))
        self._driver.run_many(insert("audit", AUDIT, self._driver.mark), written)

    def _add_batch(self, batch: list[Record], failed: set[tuple[str, str]]) -> tuple[list[Change], list[Finding]]:
        """One after the other, so that guards see the records before; what may be added, and all that is wrong.

        What may be added is written even if others may not, for later batches rest on it; the caller takes all back.
        `failed` gathers kind and key of what was refused.
        """
        _declared(batch)
        begins = {kind: adding(kind) for kind in {record.kind for record in batch}}
        references = References(self._reading, batch)
        found = list(self._taken(batch))
        failed |= {(finding.table, id_key(finding.value)) for finding in found}
        waiting = _Waiting(self._driver, self._at, self._asked.actor)
        asked, changes = replace(self._asked, reader=_WithWaiting(self._driver, waiting, self._asked)), []
        for record in batch:
            itself = (record.kind, id_key(record.id))
            if failed and failed & {itself, *references.of(record)}:
                failed.add(itself)  # what it rests on was refused: to be heard when that is put right
                continue
            try:
                change = added(references.resolved(record), asked, begins[record.kind])
            except Refused as refused:
                found += refused.findings
                failed.add(itself)
                continue
            changes.append(change)
            waiting.put(change)
        waiting.flush()
        if not found:
            self.audit((c.record.kind, c.record.id, c.event, 1, None, picture(c.record, c.state)) for c in changes)
        return changes, found

    def _replace(self, before: Stored, change: Change) -> Stored:
        record = change.record
        fields, version = shapes()[record.kind], before.version + 1
        values = [*fields.row(record), change.state, version, self._at, self._asked.actor, record.id]
        names = (*fields.names, *SYSTEM)
        self._driver.run(update(record.kind, names, self._driver.mark), values)
        pictures = picture(before.record, before.state), picture(record, change.state)
        self.audit([(record.kind, record.id, change.event, version, *pictures)])
        return Stored(record, change.state, version, self._asked.at, self._asked.actor)

    def _current(self, stored: Stored) -> Stored:
        """The record as it is, which must be the version that was read."""
        current = self._reading.get(stored.kind, stored.id)
        if current is None:
            raise self._reading.unknown(stored.kind, stored.id)
        if current.version != stored.version:
            lines = self._reading.lines_of(stored.kind, current.id)
            since = tuple(_since(line) for line in lines if line.version > stored.version)
            raise Conflict(stored.kind, current.id, stored.version, current.version, since)
        return current

    def _taken(self, batch: list[Record]) -> Iterator[Finding]:
        """A finding for each id that is in the store already, or twice in the batch, however it is spelled."""
        by_kind: dict[str, list[Record]] = {}
        for record in batch:
            by_kind.setdefault(record.kind, []).append(record)
        for kind, given in by_kind.items():
            known = self._reading.spelled(kind, [record.id for record in given])
            for record in given:
                key = id_key(record.id)
                if key in known:
                    facts = {"known": known[key]}
                    yield Finding(f"{kind}.id.taken", kind, "id", value=record.id, facts=facts)
                known[key] = record.id


class _Waiting:
    """Rows that wait to be written together, kind by kind."""

    def __init__(self, driver: Driver, at: str, actor: str) -> None:
        self._driver = driver
        self._tail = (1, at, actor)
        self._rows: dict[str, list[list[Any]]] = {}
        self.put_in: dict[tuple[str, str], Change] = {}

    def put(self, change: Change) -> None:
        record = change.record
        key = id_key(record.id)
        self.put_in[record.kind, key] = change
        row = [*shapes()[record.kind].row(record), key, change.state, *self._tail]
        self._rows.setdefault(record.kind, []).append(row)

    def flush(self, kinds: Iterable[str] | None = None) -> None:
        """Write the rows of these kinds, or all."""
        for kind in list(self._rows) if kinds is None else kinds:
            if rows := self._rows.pop(kind, None):
                names = (*shapes()[kind].names, KEY, *SYSTEM)
                self._driver.run_many(insert(kind, names, self._driver.mark), rows)


class _WithWaiting(Reading):
    """What guards of a batch read: the rows that wait are written before a question that they would answer."""

    def __init__(self, driver: Driver, waiting: _Waiting, asked: Asked) -> None:
        super().__init__(driver)
        self._waiting = waiting
        self._asked = asked.at, asked.actor

    def get(self, kind: str, key: str) -> Stored | None:
        """One of the batch as it was handed in: `References` has spelled it, and no row of the store has its key."""
        new = self._waiting.put_in.get((kind, id_key(key)))
        return super().get(kind, key) if new is None else Stored(new.record, new.state, 1, *self._asked)

    def where(self, kind: str, /, states: Iterable[str] = (), **equals: object) -> tuple[Stored, ...]:
        columns = shapes()[kind].by_name if kind in shapes() else {}
        asked = {columns[name].refers for name in equals if name in columns}
        self._waiting.flush((kind, *asked))
        return super().where(kind, states, **equals)


def _declared(batch: list[Record]) -> None:
    strange = [record for record in batch if kinds().get(record.kind) is not type(record)]
    if strange:
        raise UnknownName("kind", strange[0].kind or type(strange[0]).__name__, tuple(kinds()))


def _since(line: AuditRow) -> ChangeSince:
    before, after = _fields(line.before), _fields(line.after)
    changed = tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
    return ChangeSince(line.version, line.event, line.actor, line.at, changed)


def _fields(text: str | None) -> dict[str, Any]:
    """The fields of a picture, and the state beside them."""
    if text is None:
        return {}
    kept = json.loads(text)
    return {**kept["fields"], "state": kept["state"]}
