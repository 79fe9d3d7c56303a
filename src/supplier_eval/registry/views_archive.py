"""A supplier's archive on one page: who it is and everything that the registry holds about it (§3.3.1).

Which records belong to it follows from the declarations: every kind with a field that refers to a supplier,
agreements whose party it is, and what hangs on its contracts and checks (milestones, settlements, changes, findings, …)
without naming anybody itself. The clauses and rates of a contract are on the contract's own page.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from supplier_eval.messages import Lang, message
from supplier_eval.registry.audit import Anchor
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.record import Stored, references
from supplier_eval.registry.store_tables import shapes
from supplier_eval.registry.views_find import label_field
from supplier_eval.registry.views_sql import rows_of, rows_through
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.registry.store import Registry
    from supplier_eval.registry.store_reading import Reading

BY_ID = operator.attrgetter("id")
FIRST = (
    *("certificate", "agreement", "bid", "award", "contract", "scorecard", "risk_rating", "risk", "complaint"),
    *("contact", "training", "improvement_plan", "milestone", "settlement", "service_credit", "change", "finding"),
)
"""What stands first on the page; every other kind that names a supplier follows."""
THROUGH = ("contract", "check")
"""Kinds of a supplier on which others hang that name no supplier themselves."""
TERMS = ("clause", "rate")
"""What a contract says itself, and no event of its life."""
MOST = 1_000
"""Records of one kind at most, the newest by id."""


@dataclass(frozen=True, repr=False)
class SupplierArchive(Shown):
    """Everything about one supplier.

    Parameters
    ----------
    supplier : Stored
        Its own record.
    on : date
        Day on which it was read, in the house's time zone.
    parts : mapping of str to tuple of Stored
        Kind → records of it, by id; kinds without one are there with none.
    shortened : tuple of str
        Kinds of which there are more than are shown.
    anchor : Anchor
        Head of the audit at that time.
    """

    supplier: Stored
    on: date
    parts: Mapping[str, tuple[Stored, ...]]
    shortened: tuple[str, ...]
    anchor: Anchor

    def to_frame(self) -> pd.DataFrame:
        """One row a record, its own first: kind, id, label, state, version, changed_at, changed_by."""
        import pandas as pd

        everything = [self.supplier, *(one for several in self.parts.values() for one in several)]
        rows = [
            (one.kind, one.id, _label(one), one.state, one.version, one.changed_at, one.changed_by)
            for one in everything
        ]
        return pd.DataFrame(rows, columns=["kind", "id", "label", "state", "version", "changed_at", "changed_by"])

    def explain(self, lang: Lang = "en") -> str:
        """What the archive holds, kind by kind."""
        between = "、" if lang == "zh" else ", "
        counts = between.join(
            f"{kinds()[k].words.say(lang)} {len(several)}" for k, several in self.parts.items() if several
        )
        facts = {"name": self.supplier.name, "id": self.supplier.id, "counts": counts or "–", "day": self.on}
        return message("registry.archive", lang, **facts)

    def __repr__(self) -> str:
        return f"SupplierArchive({self.supplier.id!r}, {sum(map(len, self.parts.values()))} records)"


def supplier_archive(registry: Registry, supplier: str) -> SupplierArchive:
    """Read a supplier's archive, all of it from one view of the store.

    Parameters
    ----------
    registry : Registry
        Open.
    supplier : str
        Its id, however spelled.

    Returns
    -------
    SupplierArchive
        Kinds in the order of the page.

    Raises
    ------
    UnknownName
        Where there is no such supplier.
    """
    with registry.reading() as reading:
        zone = ZoneInfo(registry.rules_within(reading).timezone)
        found = reading.get("supplier", supplier)
        if found is None:
            raise reading.unknown("supplier", supplier)
        parts: dict[str, tuple[Stored, ...]] = {}
        shortened = []
        through = [kind for kind in THROUGH if reading.count(kind, supplier=found.id)]
        for kind in archive_kinds():
            several = _belonging(reading, kind, found.id, through)
            if len(several) > MOST:
                shortened.append(kind)
            parts[kind] = several[:MOST]
        head = Anchor(*reading.head())
    today = registry.now.astimezone(zone).date()
    return SupplierArchive(found, today, MappingProxyType(parts), tuple(shortened), head)


@functools.cache
def archive_fields() -> Mapping[str, str]:
    """Kind → the field that names the supplier itself, in the order of the page."""
    named = {"agreement": "party"}
    for kind, declared in kinds().items():
        named_by = (name for name, other in references(declared).items() if other == "supplier")
        field = next((name for name in named_by if not shapes()[kind].by_name[name].many), None)
        if field is not None:
            named[kind] = field
    return MappingProxyType({kind: named[kind] for kind in (*FIRST, *kinds()) if kind in named})


@functools.cache
def through_fields() -> Mapping[str, Mapping[str, str]]:
    """Kind → kind of `THROUGH` on which its records hang → the field that names it."""
    named = {}
    for kind, declared in kinds().items():
        fields = {other: name for name, other in references(declared).items() if other in THROUGH}
        if fields and kind not in TERMS:
            named[kind] = MappingProxyType(fields)
    return MappingProxyType(named)


@functools.cache
def archive_kinds() -> tuple[str, ...]:
    """Every kind of the page, in its order."""
    belongs = {*archive_fields(), *through_fields()}
    return tuple(dict.fromkeys(kind for kind in (*FIRST, *kinds()) if kind in belongs))


def _belonging(reading: Reading, kind: str, supplier: str, through: Collection[str]) -> tuple[Stored, ...]:
    """Records of a kind that name the supplier, or hang on what does; each once, by id."""
    own, several = archive_fields().get(kind, ""), {}
    if own:
        several = {one.id: one for one in rows_of(reading.driver, kind, own, supplier, MOST + 1)}
    if kind == "agreement":
        return tuple(one for one in several.values() if one.party_kind == "supplier")
    hanging = {other: name for other, name in through_fields().get(kind, {}).items() if other in through}
    for other, name in hanging.items():
        rows = rows_through(reading.driver, kind, (name, other), own, supplier, MOST + 1)
        several |= {one.id: one for one in rows}
    return tuple(sorted(several.values(), key=BY_ID) if hanging else several.values())


def _label(found: Stored) -> str:
    return str(getattr(found.record, label_field(type(found.record).model_fields)) or "")
