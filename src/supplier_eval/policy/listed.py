"""Gates and criteria of a policy as rows for people: id, title, what is asked, weight, where it is written, by whom.

What a policy file says over many lines, on one line each (§3.1.1, §3.2.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from supplier_eval.messages import Lang, message
from supplier_eval.policy.criteria import Criterion, Rubric, YesNo
from supplier_eval.policy.document import Policy
from supplier_eval.policy.rules import Gate
from supplier_eval.policy.tree import CriteriaTree

TABLES = {"marks": "marks", "facts": "requirements", "past": "past", "price": "prices"}
HEADS = ("id", "title", "asks", "weight", "table", "who", "categories")


@dataclass(frozen=True)
class Entry:
    """One gate, node or leaf.

    Parameters
    ----------
    kind : {"gate", "node", "leaf"}
        A node has leaves below it and is in no table.
    id, title : str
        The key in the tables, and its name.
    asks : str
        What may stand in the cell: a range, levels, yes or no, a date.
    weight : str
        Points of the whole, at most six decimals; empty for a gate.
    table : str
        Name of the table that holds it; empty for a node.
    who : str
        Who fills the cell.
    categories : tuple of str
        Service categories that it is for; empty for all.
    depth : int
        Levels above it.
    """

    kind: Literal["gate", "node", "leaf"]
    id: str
    title: str
    asks: str
    weight: str
    table: str
    who: str
    categories: tuple[str, ...] = ()
    depth: int = 0

    def cells(self, ending: str = ".csv") -> tuple[str, ...]:
        """The entry as a row under `HEADS`; `ending` is that of tables, none for the sheets of a workbook."""
        table = self.table + ending if self.table else ""
        return (self.id, self.title, self.asks, self.weight, table, self.who, ", ".join(self.categories))


def gate_entries(policy: Policy, lang: Lang = "en", category: str = "") -> list[Entry]:
    """The gates that apply to a category (without one: all), in the policy's order."""
    return [_of_gate(gate, lang) for gate in policy.gates if _applies(gate.categories, category)]


def criterion_entries(policy: Policy, lang: Lang = "en", category: str = "") -> list[Entry]:
    """Nodes and leaves that apply to a category (without one: all), each node before what is below it."""
    trees = [policy.tree(each) for each in ((category,) if category else policy.categories or ("",))]
    found: dict[tuple[str, tuple[str, ...]], Entry] = {}
    for criterion in _downwards(policy):
        tree = next((tree for tree in trees if criterion in tree.criteria), None)
        if tree is not None:
            found.setdefault((criterion.id, criterion.categories), _of_criterion(criterion, tree, policy, lang))
    return list(found.values())


def asked(wanted: Gate | Criterion, lang: Lang) -> str:
    """What may stand in the cell of a gate or a leaf."""
    if isinstance(wanted, Gate):
        facts = {"years": wanted.look_back_years, "days": wanted.margin_days, "unit": wanted.unit}
        limit = "" if wanted.limit is None else _figure(wanted.limit)
        kind = "valid_for_days" if wanted.kind == "valid_until" and wanted.margin_days else wanted.kind
        return message(f"template.gate.{kind}", lang, limit=limit, **facts).strip()
    if isinstance(wanted.value, Rubric):
        return " / ".join(wanted.value.levels)
    if isinstance(wanted.value, YesNo):
        return message("template.gate.yes_no", lang)
    if wanted.price is not None:
        return message("template.price", lang, formula=wanted.price.formula)
    span = f"{_figure(wanted.minimum)}–{_figure(wanted.maximum)}"
    return span + ("%" if wanted.unit == "%" else f" {wanted.unit}" if wanted.unit else "")


def _applies(categories: tuple[str, ...], category: str) -> bool:
    return not category or not categories or category in categories


def _of_gate(gate: Gate, lang: Lang) -> Entry:
    who = gate.reviewed_by.say(lang) or message("template.who.gate", lang)
    return Entry("gate", gate.id, gate.name.say(lang), asked(gate, lang), "", "requirements", who, gate.categories)


def _of_criterion(criterion: Criterion, tree: CriteriaTree, policy: Policy, lang: Lang) -> Entry:
    depth = len(tree.path(criterion.id)) - 1
    share = tree.exact_weight(criterion.id, policy.total) * Fraction(policy.total)
    weight = _figure(share) if share else message("template.through_price", lang)
    title = criterion.name.say(lang)
    if criterion.source is None:
        return Entry("node", criterion.id, title, "", weight, "", "", criterion.categories, depth)
    agreed = criterion.source == "marks" and policy.panel.aggregation == "consensus"
    who = message("template.who.agreed" if agreed else f"template.who.{criterion.source}", lang)
    table = TABLES[criterion.source]
    return Entry("leaf", criterion.id, title, asked(criterion, lang), weight, table, who, criterion.categories, depth)


def _downwards(policy: Policy, above: str = "") -> Iterator[Criterion]:
    """Each node before what is below it, in the policy's order."""
    for criterion in policy.criteria:
        if criterion.parent == above:
            yield criterion
            yield from _downwards(policy, criterion.id)


def _figure(figure: Decimal | Fraction) -> str:
    """A figure without trailing zeros, at most six decimals."""
    return f"{float(figure):.6f}".rstrip("0").rstrip(".")
