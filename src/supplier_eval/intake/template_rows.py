"""The tables of a tender that nobody has filled in yet: a row for every cell that a policy asks for, its value empty.

Columns that begin with ``x_`` say what an id means; whoever reads the tender passes over them (§3.2.1, §3.2.4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from supplier_eval.intake.notice_checks import fact_kind
from supplier_eval.intake.tables import EVALUATORS, MARKS, PAST, PRICES, REQUIREMENTS, RULINGS, TOTAL_ITEM
from supplier_eval.messages import Lang
from supplier_eval.policy.criteria import Criterion, Rubric, YesNo
from supplier_eval.policy.document import Policy
from supplier_eval.policy.listed import asked
from supplier_eval.policy.rules import Gate

YES_NO: dict[Lang, tuple[str, str]] = {"en": ("yes", "no"), "zh": ("是", "否")}
LIVE = re.compile(r"[=+\-@\t\r\n]")  # what a spreadsheet would run as a formula
TITLE, ASKS = "x_title", "x_asks"


@dataclass(frozen=True)
class Allowed:
    """What may stand in a cell: one of `words`, or a figure from `minimum` to `maximum`."""

    words: tuple[str, ...] = ()
    minimum: float = 0.0
    maximum: float = 0.0


@dataclass(frozen=True)
class EmptyTable:
    """A table whose rows are known and whose values are not.

    Parameters
    ----------
    columns : sequence of str
        The header.
    rows : sequence of mapping
        Column → text; what is not there is empty.
    value : str
        The column to be filled in first.
    allowed : mapping
        Number of a row, from 0 → what may stand in its value.
    """

    columns: Sequence[str]
    rows: Sequence[Mapping[str, str]] = ()
    value: str = ""
    allowed: Mapping[int, Allowed] = field(default_factory=dict)

    def cells(self) -> list[list[str]]:
        """The rows as lists of texts, in the order of the header."""
        return [[row.get(column, "") for column in self.columns] for row in self.rows]


def empty_tables(
    policy: Policy,
    category: str,
    *,
    bids: Sequence[str] = (),
    lots: Sequence[str] = (),
    evaluators: Sequence[str] = (),
    lang: Lang = "en",
) -> dict[str, EmptyTable]:
    """Name of a table → the table; those that the policy does not ask for are left out."""
    leaves = policy.tree(category).leaves
    sources = {leaf.source for leaf in leaves}
    gates = [g for g in policy.gates if _for_category(g, category) and (not lots or not g.lots or {*lots} & {*g.lots})]
    wanted: dict[str, Gate | Criterion] = {gate.id: gate for gate in gates}
    wanted |= {leaf.id: leaf for leaf in leaves if leaf.source == "facts" and leaf.id not in wanted}
    marked = [leaf for leaf in leaves if leaf.source == "marks"]
    tables = {"bids": _bids(policy, bids, lots)}
    if wanted:
        tables["requirements"] = _requirements(list(wanted.values()), bids, lang)
    if marked:
        people = [{"evaluator": one} for one in evaluators]
        tables["evaluators"] = EmptyTable(EVALUATORS.names, people, "name")
        tables["marks"] = _marks(policy, marked, bids, evaluators, lang)
    if "price" in sources:
        tables["prices"] = _prices(price_items(policy, category), bids)
    if "past" in sources:
        tables["past"] = EmptyTable(PAST.names)
    return {**tables, "rulings": EmptyTable(RULINGS.names)}


def price_items(policy: Policy, category: str) -> tuple[str, ...]:
    """Items of the price sheet that the policy names, in its order."""
    named = [item for leaf in policy.tree(category).leaves if leaf.price is not None for item in leaf.price.items]
    return tuple(dict.fromkeys(named))


def _for_category(gate: Gate, category: str) -> bool:
    return not gate.categories or category in gate.categories


def _bids(policy: Policy, bids: Sequence[str], lots: Sequence[str]) -> EmptyTable:
    columns = ["bid", *(["lot"] if lots else []), "bidder", "name", "received"]
    if policy.price.small_business_deduction:
        columns.append("small_business")
    only = lots[0] if len(lots) == 1 else ""
    return EmptyTable(columns, [{"bid": bid, "lot": only} for bid in bids], "name")


def _requirements(wanted: Sequence[Gate | Criterion], bids: Sequence[str], lang: Lang) -> EmptyTable:
    asked_of = [(bid, one) for bid in bids for one in wanted]
    rows = [{"bid": bid, "requirement": one.id, **_meant(one, lang)} for bid, one in asked_of]
    limits = {at: limit for at, (_, one) in enumerate(asked_of) if (limit := _allowed(one, lang)) is not None}
    return EmptyTable([*REQUIREMENTS.names, TITLE, ASKS], rows, "value", limits)


def _marks(
    policy: Policy, leaves: Sequence[Criterion], bids: Sequence[str], evaluators: Sequence[str], lang: Lang
) -> EmptyTable:
    if policy.panel.aggregation == "consensus":
        evaluators = evaluators[:1]  # the one agreed mark, whoever enters it
    given = [(bid, leaf, who) for who in evaluators for bid in bids for leaf in leaves]
    rows = [{"bid": bid, "criterion": leaf.id, "evaluator": who, **_meant(leaf, lang)} for bid, leaf, who in given]
    limits = {at: limit for at, (_, leaf, _) in enumerate(given) if (limit := _allowed(leaf, lang)) is not None}
    names = [name for name in MARKS.names if name != "round" or policy.panel.aggregation == "moderated"]
    return EmptyTable([*names, TITLE, ASKS], rows, "mark", limits)


def _prices(items: Sequence[str], bids: Sequence[str]) -> EmptyTable:
    rows = [{"bid": bid, "item": item} for bid in bids for item in items or (TOTAL_ITEM,)]
    return EmptyTable(PRICES.names, rows, "amount")


def _meant(wanted: Gate | Criterion, lang: Lang) -> dict[str, str]:
    return {TITLE: dead(wanted.name.say(lang)), ASKS: dead(asked(wanted, lang))}


def dead(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if LIVE.match(text) else text


def _allowed(wanted: Gate | Criterion, lang: Lang) -> Allowed | None:
    """Limits of a cell that has any; a fact that may also be stated as none has no range."""
    if not isinstance(wanted, Gate) and isinstance(wanted.value, Rubric):
        return Allowed(tuple(wanted.value.levels))
    if fact_kind(wanted) == "yes_no" or (isinstance(wanted, Criterion) and isinstance(wanted.value, YesNo)):
        return Allowed(YES_NO[lang])
    if isinstance(wanted, Gate) or wanted.when_missing is not None:
        return None
    return Allowed(minimum=float(wanted.minimum), maximum=float(wanted.maximum))
