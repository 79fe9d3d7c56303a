"""A store held against its audit: every line, record and content is read from one view and compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, NotAStore, SupplierEvalError
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.audit import Anchor, picture
from supplier_eval.registry.audit_verify import AuditVerdict, CurrentRow, verify_audit
from supplier_eval.registry.store_fields import Fields
from supplier_eval.registry.store_tables import shapes
from supplier_eval.registry.store_triggers import trigger_findings
from supplier_eval.registry.views_sql import contents, missing_tables, raw_rows

if TYPE_CHECKING:
    from supplier_eval.registry.store import Registry
    from supplier_eval.registry.store_reading import Reading

UNREADABLE = "\x00unreadable"
"""Stands for a record that no field can be read from; no line of audit says this."""


def verify_store(registry: Registry, anchor: Anchor | str | None = None) -> AuditVerdict:
    """Hold a store against its audit, and against an anchor that was kept outside.

    Parameters
    ----------
    registry : Registry
        Open.
    anchor : Anchor or str, optional
        As it was printed on a record of opening or a report; without one a tail that was cut off together with its
        records cannot be seen.

    Returns
    -------
    AuditVerdict
        Its first finding names the first bad line.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, se.Registry.create(f"{folder}/s.sqlite", actor="li.na") as store:
    ...     print(se.registry.verify_store(store).explain().splitlines()[-1])
    Nothing is wrong.
    """
    held = Anchor.parse(anchor) if isinstance(anchor, str) else anchor
    with registry.reading() as reading:
        return verify_reading(reading, held)


def verify_reading(reading: Reading, anchor: Anchor | None = None) -> AuditVerdict:
    """The same inside a transaction."""
    try:
        rules = reading.meta("rules")
    except NotAStore:
        rules = ""  # differs from what every audit says
    gone = missing_tables(reading.driver)
    lines = () if "audit" in gone else reading.lines()
    kept = () if "content" in gone else contents(reading.driver)
    verdict = verify_audit(lines, _records(reading, gone), kept, rules, anchor)
    tables = (Finding("audit.table_missing", name, value=name) for name in gone)
    return replace(verdict, findings=(*tables, *verdict.findings, *trigger_findings(reading.driver)))


def head_anchor(registry: Registry) -> Anchor:
    """Number and hash of the last line of the audit, to be printed where the store's keeper cannot change it."""
    with registry.reading() as reading:
        return Anchor(*reading.head())


def _records(reading: Reading, gone: Collection[str]) -> Iterator[CurrentRow]:
    for kind, fields in shapes().items():
        if kind not in gone:
            for row in raw_rows(reading.driver, kind):
                yield _current(kind, fields, row)


def _current(kind: str, fields: Fields, row: Sequence[Any]) -> CurrentRow:
    """A row as it stands; one whose cells were written past the program may be unreadable."""
    n = len(fields.names)
    state, version, changed_at, changed_by, key = row[n:]
    try:
        shown = picture(fields.record(row[:n]), state)
    except (ValueError, TypeError, ArithmeticError, AttributeError, SupplierEvalError):
        shown = UNREADABLE
    if key != id_key(str(row[0])):
        shown = UNREADABLE
    return CurrentRow(kind, str(row[0]), version, changed_at, changed_by, shown)
