"""Which column of a long table answers which question of a plan; everything that is not there is said at once."""

from __future__ import annotations

import difflib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.batch.plan import Plan

TABLE = "bids"
VALUE = "value_"
RESULTS = ("total", "rank", "margin", "eligible", "reason", "reason_text", "flags")
ROBUST = {
    "acceptability": ("first_rank_share", "first_rank_share_error"),
    "expected_rank": ("expected_rank", "expected_rank_error"),
    "radius": ("weight_radius",),
}


@dataclass(frozen=True)
class Bound:
    """Columns of one table by what they answer; a role without a column is absent.

    Parameters
    ----------
    roles : mapping of str to str
        ``tender``, ``bid``, ``lot``, ``price`` and the other roles → column.
    criteria, gates, items : mapping of str to str
        Id → column.
    """

    roles: Mapping[str, str]
    criteria: Mapping[str, str]
    gates: Mapping[str, str]
    items: Mapping[str, str]


def result_columns(plan: Plan, robustness: Iterable[str] = ()) -> tuple[str, ...]:
    """Names of the columns that scoring adds, in order."""
    values = tuple(VALUE + leaf.id for leaf in plan.leaves)
    return (*values, *RESULTS, *(name for asked in robustness for name in ROBUST[asked]))


def bind(plan: Plan, frame: pd.DataFrame, robustness: Iterable[str] = ()) -> Bound:
    """Find the columns that a plan needs in a table.

    Parameters
    ----------
    plan : Plan
        From `compile_plan`.
    frame : DataFrame
        One row a bid.
    robustness : iterable of str
        Which robustness columns are added, so that their names are kept free.

    Raises
    ------
    InvalidInput
        With every column that is missing, stands twice, or bears the name of a result.
    """
    search = _Search(tuple(frame.columns), [])
    roles = _roles(plan, search)
    named = plan.columns
    criteria = {
        leaf.id: column
        for leaf in plan.leaves
        if leaf.source != "price" and (column := search.needed(leaf.id, named.criteria.get(leaf.id, ""), "criteria"))
    }
    gates = {g.id: c for g in plan.gates if (c := search.needed(g.id, named.gates.get(g.id, ""), "gates"))}
    items = {name: c for name in plan.items if (c := search.needed(name, named.items.get(name, ""), "items"))}
    taken = [name for name in result_columns(plan, robustness) if name in search.columns]
    search.found += [Finding("batch.column.taken", TABLE, name) for name in taken]
    if search.found:
        raise InvalidInput(dict.fromkeys(search.found), TABLE)
    return Bound(roles, criteria, gates, items)


def _roles(plan: Plan, search: _Search) -> dict[str, str]:
    """Columns of the roles: those that must be there, and those that are read where they are."""
    declared = {role: str(getattr(plan.columns, role)) for role in ROLES}
    needed = {"tender": True, "bid": True, "price": plan.priced and not plan.items}
    needed["ceiling"] = plan.needs_ceiling
    needed["deadline"] = plan.dated
    needed["lot"] = plan.names_lots
    needed["small_business"] = plan.priced and plan.policy.price.small_business_deduction > 0
    unread = {"price", "ceiling", "price_floor", "small_business"} if not plan.priced else set()
    unread |= {"price"} if plan.items else set()
    roles: dict[str, str] = {}
    for role in ROLES:
        if role in plan.unused:
            if needed.get(role) and role != "small_business":
                search.found.append(Finding("batch.column.switched_off", TABLE, role))
            continue
        must = needed.get(role, False) or bool(declared[role])
        if role == "received":
            must = must or "deadline" in roles
        if role in unread:
            continue
        column = search.role(role, declared[role], must)
        if column is not None:
            roles[role] = column
    if "deadline" not in roles:
        roles.pop("received", None)
    return roles


ROLES = ("tender", "bid", "lot", "price", "ceiling", "price_floor", "small_business", "deadline", "received")
OTHER_NAMES = {"bid": ("bidder",)}


@dataclass
class _Search:
    """Looks columns up and keeps what is wrong."""

    columns: tuple[Hashable, ...]
    found: list[Finding]

    def role(self, role: str, declared: str, must: bool) -> str | None:
        """Column of a role; None where it is absent (a finding if it must be there)."""
        names = (declared,) if declared else (role, *OTHER_NAMES.get(role, ()))
        there = [name for name in names if name in self.columns]
        if there:
            return self._once(there[0])
        if must:
            for name in names:
                if self._alike(name):
                    return self._once(name)
            self._missing(role, names[0], role)
        return None

    def needed(self, name: str, declared: str, table: str) -> str | None:
        """Column of a criterion, gate or item."""
        column = declared or name
        if self._alike(column):
            return self._once(column)
        self._missing(name, column, f"[batch.{table}] {name}")
        return None

    def _alike(self, column: str) -> list[str]:
        """Columns of exactly that name; else those whose name is the same after NFKC and case folding."""
        exact = [column] * self.columns.count(column)
        return exact or [name for name in self.columns if isinstance(name, str) and id_key(name) == id_key(column)]

    def _once(self, column: str) -> str:
        alike = self._alike(column)
        if len(alike) > 1:
            self.found.append(Finding("batch.column.twice", TABLE, column))
        return alike[0]

    def _missing(self, what: str, column: str, key: str) -> None:
        known = [str(name) for name in self.columns]
        near = difflib.get_close_matches(column, known, n=1, cutoff=0.6)
        facts = {"what": what, "key": key, "known": ", ".join(known[:20]) or "-"}
        code = "batch.column.missing"
        if near:
            code, facts = "batch.column.misspelt", {**facts, "near": near[0]}
        self.found.append(Finding(code, TABLE, column, facts=facts))
