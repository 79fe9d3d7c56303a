"""Service records: tickets and events of suppliers, read from files or frames, checked, and kept as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from supplier_eval.errors import Finding, UnknownName
from supplier_eval.intake.identifiers import id_key

if TYPE_CHECKING:
    from supplier_eval.clock import BusinessClock


@dataclass(frozen=True, eq=False)
class ServiceRecords:
    """Tickets and events of suppliers, checked.

    Built by `read_service_records` or `from_frames`; both refuse what cannot be true with `InvalidInput`, which
    carries every finding.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        By name, see `supplier_eval.monitor.record_tables`. Ids are categories, moments UTC, dates days; column
        ``row`` is the row of the file. A table that did not come in is not there: no table is not an empty one.
    warnings : tuple of Finding
        What was noticed and refuses nothing.
    clocks : mapping of str to BusinessClock
        Working time that came with the records, by name, ``always`` among them; the only one of a folder stands under
        the empty name too. A measurement uses them where no clock is given.
    """

    tables: Mapping[str, pd.DataFrame]
    warnings: tuple[Finding, ...] = ()
    clocks: Mapping[str, BusinessClock] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def from_frames(cls, tables: Mapping[str, pd.DataFrame], *, timezone: str = "") -> ServiceRecords:
        """Take frames by the name of their table.

        Parameters
        ----------
        tables : mapping of str to DataFrame
            Columns as in docs/kpis.md; columns that start with ``x_`` are left unread.
        timezone : str
            Zone of moments that have none; without it they are refused.

        Raises
        ------
        InvalidInput
            With every finding of every table.
        """
        from supplier_eval.monitor.record_reading import records_of_frames

        return records_of_frames(tables, timezone)

    @property
    def suppliers(self) -> tuple[str, ...]:
        """All suppliers that have a contract or a record, in canonical order."""
        names: dict[str, str] = {}
        for name in ("contracts", *self.tables):
            frame = self.tables.get(name)
            if frame is not None and "supplier" in frame:
                for cell in frame["supplier"].cat.categories:
                    names.setdefault(id_key(str(cell)), str(cell))
        return tuple(names[key] for key in sorted(names) if key)

    def __contains__(self, name: object) -> bool:
        return name in self.tables

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self.tables:
            raise UnknownName("table", name, self.tables)
        return self.tables[name]

    def __repr__(self) -> str:
        held = ", ".join(f"{name} {len(frame):,}" for name, frame in self.tables.items())
        return f"ServiceRecords({len(self.suppliers)} suppliers; {held})"
