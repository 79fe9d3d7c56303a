"""A table that is laid over what a tender says: a frame, a mapping by id, or rows; as rows by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key

Rows = dict[str, dict[str, Any]]


def rows_by_id(table: object, name: str) -> tuple[Rows, list[Finding]]:
    """Read a table as rows by the key of their id, with everything that is wrong with its shape.

    Parameters
    ----------
    table : DataFrame, mapping of id to mapping, sequence of mappings, or None
        A row has an ``id``; a frame without that column has the ids in its index. An empty cell (None, NaN) is
        absent.
    name : str
        Name of the table in findings.

    Returns
    -------
    rows : dict of str to dict
        Key of the id → row, ``id`` as it is spelled there.
    findings : list of Finding
        Rows without an id, ids that stand twice, something that is no table.
    """
    taken = _records(table)
    if taken is None:
        kind = type(table).__name__
        return {}, [Finding("award.evaluation.table_shape", name, value=kind)]
    rows: Rows = {}
    found: list[Finding] = []
    for number, record in enumerate(taken, start=1):
        row = {str(key): value for key, value in record.items() if not _absent(value)}
        own = str(row.get("id", ""))
        if not id_key(own):
            found.append(Finding("award.evaluation.id_missing", name, "id", rows=(number,)))
        elif id_key(own) in rows:
            found.append(Finding("award.evaluation.id_twice", name, "id", rows=(number,), value=own))
        else:
            rows[id_key(own)] = row | {"id": own}
    return rows, found


def _records(table: object) -> list[Mapping[Any, Any]] | None:
    """The rows of whatever was given; None where it is no table."""
    if table is None:
        return []
    if hasattr(table, "to_dict") and hasattr(table, "columns"):
        frame: Any = table if "id" in table.columns else table.assign(id=table.index)  # type: ignore[attr-defined]
        return list(frame.to_dict("records"))
    given: Iterable[Any]
    if isinstance(table, Mapping):
        given = [{**row, "id": key} if isinstance(row, Mapping) else row for key, row in table.items()]
    else:
        given = table if isinstance(table, Sequence) and not isinstance(table, str | bytes) else [table]
    records = list(given)
    return records if all(isinstance(row, Mapping) for row in records) else None


def _absent(value: object) -> bool:
    """True for None and for what is not equal to itself (NaN, NaT); pandas' NA is neither here nor there."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and value != value  # noqa: PLR0124 - NaN
