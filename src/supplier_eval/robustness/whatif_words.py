"""What a what-if changed, in words: each change with its old and its new figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from supplier_eval.flags import Reason
from supplier_eval.messages import LANGS, Lang, catalogue, message
from supplier_eval.rank.points_words import said_bid
from supplier_eval.robustness.whatif_changes import figure

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender
    from supplier_eval.policy.criteria import Criterion
    from supplier_eval.robustness.block import LotBlock

MOST_MARKS = 8


def formula_title(formula: str, lang: Lang = "en") -> str:
    """Words for a price formula; one of one's own keeps its name."""
    code = f"what_if.formula.{formula}"
    return message(code, lang) if code in catalogue() else formula


def said_bids(block: LotBlock, bids: Sequence[str], lang: Lang) -> str:
    """Bids with their names, one after the other; a dash for none."""
    return listed([said_bid(bid, block.name(bid), lang) for bid in bids], lang) or "-"


def listed(names: Sequence[str], lang: Lang) -> str:
    """Names one after the other."""
    return ("、" if lang == "zh" else ", ").join(names)


def said_changes(old: LotBlock, new: LotBlock, changes: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Say every change with its figures.

    Parameters
    ----------
    old, new : LotBlock
        The lot before and after.
    changes : mapping
        As `what_if` took them, checked.
    """
    return (*_of_the_policy(old.tender, new.tender, changes), *_of_bids(old, new, changes))


def _of_the_policy(old: Tender, new: Tender, changes: Mapping[str, Any]) -> Iterator[Reason]:
    if "policy" in changes:
        yield Reason("what_if.said.policy", facts={"name": new.policy.name})
    for criterion in changes.get("weights", ()):
        facts = {"new": plain(new.tree[criterion].weight), **_named(new.tree[criterion])}
        if criterion in old.tree.by_id:
            yield Reason("what_if.said.weight", facts={"old": plain(old.tree[criterion].weight), **facts})
        else:
            yield Reason("what_if.said.weight.new", facts=facts)
    if {"formula", "parameters"} & set(changes):
        for leaf in new.tree.leaves:
            if leaf.price is not None and leaf != old.tree.by_id.get(leaf.id):
                yield _formula(leaf)
    if "floors" in changes:
        for floor in new.policy.floors:
            named = _named(new.tree[floor.criterion]) if floor.criterion in new.tree.by_id else None
            facts = {"minimum": plain(floor.minimum), **(named or {"criterion": floor.criterion})}
            yield Reason("what_if.said.floor", facts=facts)
        if not new.policy.floors:
            yield Reason("what_if.said.no_floors")


def _formula(leaf: Criterion) -> Reason:
    assert leaf.price is not None
    given = "; ".join(f"{name} = {plain(value)}" for name, value in leaf.price.parameters.items())
    titles = {f"formula_{lang}": formula_title(leaf.price.formula, lang) for lang in LANGS}
    code = "what_if.said.formula.with" if given else "what_if.said.formula"
    return Reason(code, facts={**_named(leaf), **titles, **({"given": given} if given else {})})


def _of_bids(old: LotBlock, new: LotBlock, changes: Mapping[str, Any]) -> Iterator[Reason]:
    marks = changes.get("marks") or {}
    if len(marks) > MOST_MARKS:
        yield Reason("what_if.said.marks", facts={"n": len(marks)})
    for (bid, criterion, evaluator), mark in marks.items() if len(marks) <= MOST_MARKS else ():
        facts = {"bid": bid, "evaluator": evaluator, "new": plain(figure(mark)), **_named(new.tender.tree[criterion])}
        yield Reason("what_if.said.mark", facts=facts)
    for bid, price in (changes.get("prices") or {}).items():
        at = new.position(bid)
        was = "-" if old.evaluated.size <= at else plain(float(old.evaluated[at]))
        yield Reason("what_if.said.price", facts={"bid": bid, "old": was, "new": plain(figure(price))})
    for bid, offer in (changes.get("adding") or {}).items():
        yield Reason("what_if.said.adding", facts={"bid": bid, "like": offer["like"]})
    if changes.get("without"):
        yield Reason("what_if.said.without", facts={f"bids_{lang}": listed(changes["without"], lang) for lang in LANGS})


def _named(criterion: Criterion) -> dict[str, object]:
    return {f"criterion_{lang}": criterion.name.say(lang) or criterion.id for lang in LANGS}


def plain(amount: Any) -> str:  # noqa: ANN401 - a decimal or a float
    """A figure with two decimals at most, thousands apart, no trailing zeros, no minus before nothing."""
    rounded = round(float(amount), 2) + 0.0
    if rounded == 0.0 and float(amount):
        return f"{float(amount):.3g}"
    said = f"{rounded:,.2f}"
    return said.rstrip("0").rstrip(".")
