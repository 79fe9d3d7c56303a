"""Finding records of a kind: by id, by the beginning of a field, by equal fields, or by letters within a field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, message
from supplier_eval.registry.audit import moment_text
from supplier_eval.registry.catalogue import kind_named, life_cycles
from supplier_eval.registry.cell_text import CellColumn, cell_columns, cell_of
from supplier_eval.registry.record import Stored
from supplier_eval.registry.store_tables import KEY, STATE, shapes
from supplier_eval.registry.views_sql import matching_rows
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.registry.store import Registry
    from supplier_eval.registry.store_fields import Fields
    from supplier_eval.registry.store_reading import Reading

MOST = 1_000
ACTOR = CellColumn("changed_by", "text", nullable=False, required=True)
LABELS = (
    *("title", "name", "subject", "topic", "scenario", "measure", "indicator", "item", "what", "text"),
    *("place_or_equipment", "period", "party", "person"),
)


@dataclass(frozen=True, repr=False)
class FoundRecords(Shown):
    """Records of one kind that were found.

    Parameters
    ----------
    kind : str
        Their kind.
    records : tuple of Stored
        In the order asked for.
    more : bool
        Whether there are more than were asked for.
    """

    kind: str
    records: tuple[Stored, ...]
    more: bool

    def __len__(self) -> int:
        return len(self.records)

    def to_frame(self) -> pd.DataFrame:
        """One row a record: every field as exact text, then state, version, changed_at, changed_by."""
        import pandas as pd

        columns = cell_columns(kind_named(self.kind))
        names = [*(column.name for column in columns), *("state", "version", "changed_at", "changed_by")]
        return pd.DataFrame([record_cells(found) for found in self.records], columns=names)

    def explain(self, lang: Lang = "en") -> str:
        """How many were found, and whether there are more."""
        words = kind_named(self.kind).words.say(lang)
        said = message("registry.found", lang, n=len(self.records), kind=words)
        return f"{said} {message('registry.found_more', lang)}" if self.more else said

    def __repr__(self) -> str:
        return f"FoundRecords({self.kind}, {len(self.records)}{' and more' if self.more else ''})"


def find_records(
    registry: Registry,
    kind: str,
    *,
    equals: Mapping[str, object] | None = None,
    prefix: Mapping[str, str] | None = None,
    contains: Mapping[str, str] | None = None,
    states: Collection[str] = (),
    limit: int = MOST,
) -> FoundRecords:
    """Find records of a kind; every condition must hold.

    Parameters
    ----------
    registry : Registry
        Open.
    kind : str
        The kind.
    equals : mapping of str to value, optional
        Field → value; an id and what refers to one are compared without case and width.
    prefix : mapping of str to str, optional
        Field → how its text begins, letter by letter; quick where the field is indexed. Results come in its order.
    contains : mapping of str to str, optional
        Field → letters somewhere in its text, without case; reads the whole table.
    states : collection of str, optional
        Only in these states.
    limit : int
        Records at most.

    Returns
    -------
    FoundRecords
        By the field of `prefix`, else by id.

    Raises
    ------
    UnknownName
        For a kind, field or state that there is not.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> supplier = se.registry.kind_named("supplier")
    >>> acme = supplier(id="S1", name="Acme Ltd", categories=("ITO",), unified_code="91310000MA1K35X66L", owner="li.na")
    >>> with TemporaryDirectory() as folder, se.Registry.create(f"{folder}/s.sqlite", actor="li.na") as store:
    ...     stored = store.add(acme)
    ...     se.registry.find_records(store, "supplier", prefix={"name": "Ac"})
    FoundRecords(supplier, 1)
    """
    kind_named(kind)
    known = life_cycles()[kind].states
    for state in states:
        if state not in known:
            raise UnknownName("state", state, known)
    fields = shapes()[kind]
    clauses: list[tuple[str, str, Sequence[Any]]] = []
    for asked, operator in ((prefix or {}, "prefix"), (contains or {}, "contains")):
        clauses += [(operator, _known(fields, name), (text,)) for name, text in asked.items()]
    if states:
        clauses.append(("in", STATE, tuple(sorted(states))))
    order = next(iter(prefix)) if prefix else "id"
    with registry.reading() as reading:
        clauses += [_equal(reading, fields, _known(fields, name), value) for name, value in (equals or {}).items()]
        if not all(storable(value) for _, _, values in clauses for value in values):
            return FoundRecords(kind, (), more=False)
        found = matching_rows(reading.driver, kind, clauses, order, limit + 1)
    return FoundRecords(kind, found[:limit], len(found) > limit)


def record_cells(found: Stored) -> list[str]:
    """Fields of a record as cells, then state, version, changed_at, changed_by."""
    record = found.record
    cells = [cell_of(column, getattr(record, column.name)) for column in cell_columns(type(record))]
    return [*cells, found.state, str(found.version), moment_text(found.changed_at), cell_of(ACTOR, found.changed_by)]


def label_field(names: Iterable[str]) -> str:
    """The field by which people know a record of a kind; its id where it has none."""
    known = set(names)
    return next((name for name in LABELS if name in known), "id")


def storable(value: object) -> bool:
    """Whether a text could stand in a store at all; one that cannot is found nowhere."""
    if not isinstance(value, str) or value.isascii():
        return not isinstance(value, str) or "\x00" not in value
    return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _equal(reading: Reading, fields: Fields, name: str, value: object) -> tuple[str, str, Sequence[Any]]:
    column = fields.by_name[name]
    if value is None:
        return "equal", name, ()
    if name == "id" and isinstance(value, str):
        return "equal", KEY, (id_key(value),)
    if column.refers and not column.many and isinstance(value, str):
        spelled = reading.spelled(column.refers, [value]) if storable(value) else {}
        return "equal", name, (spelled.get(id_key(value), value),)
    return "equal", name, (fields.value(name, value),)


def _known(fields: Fields, name: str) -> str:
    if name not in fields.by_name:
        raise UnknownName("field", name, fields.names)
    return name
