"""References of records that are to be written: found by the key of the id, spelled as the other record spells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from supplier_eval.errors import Finding, Refused
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.record import Record, supposed
from supplier_eval.registry.store_fields import FieldColumn
from supplier_eval.registry.store_reading import Reading
from supplier_eval.registry.store_tables import shapes


class References:
    """What a batch of records refers to: records of the store, or of the batch itself.

    Parameters
    ----------
    reading : Reading
        The store.
    batch : sequence of Record
        The records.
    """

    def __init__(self, reading: Reading, batch: Sequence[Record]) -> None:
        asked: dict[str, set[str]] = {}
        own: dict[str, dict[str, str]] = {}
        shape = shapes()
        for record in batch:
            own.setdefault(record.kind, {})[id_key(record.id)] = record.id
            held = record.__dict__
            for column in shape[record.kind].references:
                if given := held[column.name]:
                    asked.setdefault(column.refers, set()).update(given if column.many else (given,))
        self._known = {kind: own.get(kind, {}) | reading.spelled(kind, ids) for kind, ids in asked.items()}

    @staticmethod
    def of(record: Record) -> set[tuple[str, str]]:
        """Kind and key of everything that a record refers to."""
        columns = shapes()[record.kind].references
        return {(column.refers, id_key(name)) for column in columns for name in _ids(record, column)}

    def resolved(self, record: Record) -> Record:
        """The record with every reference as the other record spells it.

        Raises
        ------
        Refused
            For each reference to a record that there is not.
        """
        found: list[Finding] = []
        other: dict[str, Any] = {}
        held = record.__dict__
        for column in shapes()[record.kind].references:
            given = held[column.name]
            if not given:
                continue
            known = self._known[column.refers]
            if not column.many and known.get(id_key(given)) == given:
                continue  # as it nearly always is
            spelled = [known.get(id_key(name), "") for name in _ids(record, column)]
            found += _dangling(record, column, spelled)
            other[column.name] = tuple(spelled) if column.many else spelled[0]
        if found:
            raise Refused(found)
        return supposed(record, **other) if other else record


def _dangling(record: Record, column: FieldColumn, spelled: list[str]) -> list[Finding]:
    code, facts = f"{record.kind}.{column.name}.no_such_record", {"refers": column.refers, "id": record.id}
    return [
        Finding(code, record.kind, column.name, value=name, facts=facts)
        for name, right in zip(_ids(record, column), spelled, strict=True)
        if not right
    ]


def _ids(record: Record, column: FieldColumn) -> tuple[str, ...]:
    held = getattr(record, column.name)
    if not held:
        return ()
    return tuple(held) if column.many else (held,)
