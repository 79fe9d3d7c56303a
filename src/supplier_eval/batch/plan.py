"""A policy made ready for many tenders: what every row is asked, and the arithmetic of every block, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import ValidationError

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.intake.notice import Item, Lot, Notice
from supplier_eval.policy.batch_columns import BatchColumns
from supplier_eval.policy.criteria import Words
from supplier_eval.policy.refused_values import why_refused
from supplier_eval.rank.arithmetic import Rules
from supplier_eval.rank.asked import asked_policy, asked_text, asked_together
from supplier_eval.score.block import PriceRow
from supplier_eval.score.order import FloatArray
from supplier_eval.score.price import PRICE_FORMULAS
from supplier_eval.score.price_stage import feeding_quality
from supplier_eval.score.readiness import leaf_parameters, tender_findings

if TYPE_CHECKING:
    from supplier_eval.policy.criteria import Criterion
    from supplier_eval.policy.document import Policy
    from supplier_eval.policy.rules import Gate
    from supplier_eval.policy.tree import CriteriaTree

TABLE = "columns"
LOT = "1"
ANY_CEILING = Decimal(1)  # stands for the ceiling of each tender, which comes with the rows
TABLES = ("criteria", "gates", "items")


@dataclass(frozen=True, eq=False)
class Plan:
    """What a policy asks of a long table of bids.

    Parameters
    ----------
    policy : Policy
        Criteria, gates, formulas, rounding and ties.
    category : str
        Service category whose criteria apply.
    columns : BatchColumns
        The declared columns, with those of the call laid over them.
    unused : frozenset of str
        Roles that are not read although the table has such a column.
    rows : tuple of PriceRow
        How each price criterion is scored, in tree order; a ceiling that comes with the tenders is left out.
    """

    policy: Policy
    category: str
    columns: BatchColumns
    unused: frozenset[str]
    rows: tuple[PriceRow, ...]

    @cached_property
    def tree(self) -> CriteriaTree:
        """The criteria of the category."""
        return self.policy.tree(self.category)

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria axis, in tree order."""
        return self.tree.leaves

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """Gates of the category, of whatever lot."""
        return tuple(g for g in self.policy.gates if not g.categories or self.category in g.categories)

    @cached_property
    def weights(self) -> FloatArray:
        """Weights of the leaves as fractions of 1."""
        weights = self.tree.weights(self.policy.total)
        return np.array([weights[leaf.id] for leaf in self.leaves])

    @cached_property
    def rules(self) -> Rules:
        """The policy's arithmetic; floors and limits are judged row by row before."""
        return Rules(self.policy, self.tree, self.rows, floored=False)

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Price items that are scored each by itself; none where the whole price is."""
        return tuple(sorted({name for leaf in self.leaves if leaf.price is not None for name in leaf.price.items}))

    @property
    def priced(self) -> bool:
        """Whether any price is scored."""
        return bool(self.rows)

    @cached_property
    def dated(self) -> bool:
        """Whether some gate is judged against the deadline."""
        return any(gate.kind in {"valid_until", "none_since"} for gate in self.gates)

    @cached_property
    def names_lots(self) -> bool:
        """Whether a gate or a floor holds in some lots only, so that each row must say which lot it is for."""
        named = {name for gate in self.gates for name in gate.lots} | {floor.lot for floor in self.policy.floors}
        return bool(named - {"", LOT})

    @cached_property
    def needs_ceiling(self) -> bool:
        """Whether a formula takes its ceiling from the tender."""
        return any("ceiling" not in row.parameters and _takes_ceiling(row.formula) for row in self.rows)

    def price_rows(self, ceiling: FloatArray | None) -> tuple[PriceRow, ...]:
        """The price rows of a block with the ceiling of each of its tenders filled in."""
        if ceiling is None or not self.needs_ceiling:
            return self.rows
        return tuple(
            PriceRow(row.row, row.formula, {**row.parameters, "ceiling": ceiling}, row.quality)
            if _takes_ceiling(row.formula) and "ceiling" not in row.parameters
            else row
            for row in self.rows
        )

    def __repr__(self) -> str:
        n = len(self.leaves)
        return f"Plan({self.policy.name!r}, {self.category or 'all categories'}: {n} criteria, {len(self.gates)} gates)"


def compile_plan(
    policy: Policy, *, category: str = "", columns: Mapping[str, Any] | BatchColumns | None = None
) -> Plan:
    """Work out once what a policy asks of every row and every block of tenders.

    Parameters
    ----------
    policy : Policy
        Any policy whose criteria can come as columns.
    category : str
        Service category, where the criteria differ by category.
    columns : mapping or BatchColumns, optional
        Laid over the mapping that the policy declares (`[batch]`): roles (``tender``, ``bid``, ``lot``, ``price``,
        ``ceiling``, ``price_floor``, ``small_business``, ``deadline``, ``received``, ``timezone``) and the tables
        ``criteria``, ``gates`` and ``items``. None for a role that is not to be read.

    Returns
    -------
    Plan
        Ready for `score_frame` and its relatives.

    Raises
    ------
    InvalidInput
        With every finding: what cannot come as columns, columns for what the policy does not know.
    UnknownName
        If the criteria differ by service category and `category` is none of the policy's.
    """
    asked_together(lambda: asked_policy(policy), lambda: asked_text(category, "category"))
    policy.weights(category)  # names the categories where one must be chosen
    unknown = category not in policy.categories
    if unknown and (any(gate.categories for gate in policy.gates) or (category and policy.categories)):
        raise UnknownName("service category", category, policy.categories)
    named, unused = _laid_over(policy.batch, columns)
    tree = policy.tree(category)
    found = [*_not_in_columns(policy, category), *_strays(policy, tree, named)]
    if found:
        raise InvalidInput(found, TABLE)
    return Plan(policy, category, named, unused, _price_rows(policy, tree))


def _takes_ceiling(formula: str) -> bool:
    return any(parameter.name == "ceiling" for parameter in PRICE_FORMULAS[formula].parameters)


def _laid_over(declared: BatchColumns, given: object) -> tuple[BatchColumns, frozenset[str]]:
    """The mapping of the call over the declared one, and the roles that the call switches off."""
    if isinstance(given, BatchColumns):
        given = given.model_dump(exclude_defaults=True)
    if given is None:
        return declared, frozenset()
    if not isinstance(given, Mapping):
        raise InvalidInput(
            [Finding("batch.columns.no_mapping", "arguments", TABLE, value=type(given).__name__)], "arguments"
        )
    laid: dict[str, Any] = {**declared.model_dump()}
    unused = frozenset(str(role) for role, name in given.items() if name is None)
    for role, name in given.items():
        both = role in TABLES and isinstance(name, Mapping)
        laid[str(role)] = "" if name is None else {**laid[role], **name} if both else name
    try:
        return BatchColumns.model_validate(laid), unused - set(TABLES)
    except ValidationError as refused:
        known = ", ".join(BatchColumns.model_fields)
        raise InvalidInput(
            [
                Finding(
                    "batch.columns.invalid",
                    TABLE,
                    ".".join(str(part) for part in error["loc"]),
                    value=str(error["input"]),
                    facts={**why_refused(error), "known": known},
                )
                for error in refused.errors(include_url=False)
            ],
            TABLE,
        ) from None


def _not_in_columns(policy: Policy, category: str) -> list[Finding]:
    """What the price formulas ask of a tender that no row can say, found as for one tender."""
    tree = policy.tree(category)
    items = sorted({name for leaf in tree.leaves if leaf.price is not None for name in leaf.price.items})
    notice = Notice(
        id="batch",
        title=Words(),
        category=category,
        policy="-",
        lots=(Lot(id=LOT, ceiling=ANY_CEILING),),
        items=tuple(Item(id=name) for name in items),
        technical_locked=datetime(2000, 1, 1, tzinfo=UTC),
    )
    found = [f for f in tender_findings(policy, tree, notice, LOT) if f.severity == "error"]
    if policy.price.draw_benchmark and any(f.code == "tender.drawn.missing" for f in found):
        found = [f for f in found if f.code != "tender.drawn.missing"]
        found.append(Finding("batch.policy.drawn", "policy", "price.draw_benchmark"))
    return found


def _strays(policy: Policy, tree: CriteriaTree, named: BatchColumns) -> list[Finding]:
    """Columns that are named for what the policy does not know, or for a criterion that is a price."""
    leaves = {leaf.id for leaf in tree.leaves if leaf.source != "price"}
    items = {name for leaf in tree.leaves if leaf.price is not None for name in leaf.price.items}
    every = {c.id for c in policy.criteria if c.source not in {None, "price"}}
    known: tuple[tuple[str, Mapping[str, str], set[str], Iterable[str]], ...] = (
        ("criteria", named.criteria, leaves | every, leaves),
        ("gates", named.gates, {gate.id for gate in policy.gates}, [gate.id for gate in policy.gates]),
        ("items", named.items, items, items),
    )
    return [
        Finding("batch.columns.stray", TABLE, table, value=name, facts={"known": ", ".join(sorted(listed)) or "-"})
        for table, mapping, allowed, listed in known
        for name in mapping
        if name not in allowed
    ]


def _price_rows(policy: Policy, tree: CriteriaTree) -> tuple[PriceRow, ...]:
    """How each price criterion is scored; only a ceiling of the tender is still to come."""
    index = {leaf.id: i for i, leaf in enumerate(tree.leaves)}
    rows = []
    for leaf in tree.leaves:
        if leaf.price is not None:
            fed = feeding_quality(tree, policy.total, leaf.price.quality_from)
            parameters = leaf_parameters(leaf, {}, Lot(id=LOT), {})
            rows.append(PriceRow(index[leaf.id], leaf.price.formula, parameters, {index[n]: w for n, w in fed.items()}))
    return tuple(rows)
