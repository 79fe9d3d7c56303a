"""Other marks, prices and bids for a what-if, each checked: everything that is wrong with a change at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.rank.asked import asked_mapping, asked_names, asked_policy, asked_text, asked_together
from supplier_eval.robustness.block import LotBlock
from supplier_eval.robustness.changed_policy import Number
from supplier_eval.score.order import number_or_nan

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender
    from supplier_eval.score.order import FloatArray

MOST_MONEY = 1e15
PARTS_OF_A_BID = ("like", "price", "marks")
MAPPINGS = ("weights", "parameters", "marks", "prices", "adding")


def asked_changes(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Check the kind of every change.

    Parameters
    ----------
    changes : mapping
        As `what_if` takes them; a change of None is none.

    Returns
    -------
    dict
        The changes that were given, names as a tuple.

    Raises
    ------
    InvalidInput
        With every change that is of the wrong kind.
    """
    given = {name: change for name, change in changes.items() if change is not None}
    asks: list[Callable[[], object]] = [partial(asked_mapping, given[name], name) for name in MAPPINGS if name in given]
    if "formula" in given:
        formula = given["formula"]
        names = tuple(formula.values()) if isinstance(formula, Mapping) else (formula,)
        asks.append(lambda: asked_together(*(partial(asked_text, name, "formula") for name in names)))
    if "floors" in given and not isinstance(given["floors"], Mapping):
        asks.append(lambda: _floors(given["floors"]))
    if "without" in given:
        asks.append(lambda: asked_names(given["without"], "without"))
    if "policy" in given:
        asks.append(lambda: asked_policy(given["policy"]))
    asked_together(*asks)
    if "without" in given:
        given["without"] = asked_names(given["without"], "without")
    return given


def _floors(given: object) -> None:
    """Floors as a policy file writes them: a list of tables."""
    if isinstance(given, str) or not isinstance(given, Sequence):
        asked_mapping(given, "floors")
    else:
        for floor in given:
            asked_mapping(floor, "floors")


def marked(tender: Tender, marks: Mapping[Any, Number]) -> Tender:
    """A copy with other marks; each must stand in the table already and stay in its criterion's range."""
    table = tender.marks.copy()
    found: list[Finding] = []
    for cell, given in marks.items():
        if not (isinstance(cell, tuple) and len(cell) == 3):
            found.append(Finding("what_if.marks.key", "marks", "mark", value=str(cell)))
            continue
        bid, criterion, evaluator = cell
        here = (table["bid"] == bid) & (table["criterion"] == criterion) & (table["evaluator"] == evaluator)
        leaf = tender.tree.by_id.get(criterion)
        where = {"bid": str(bid), "criterion": str(criterion), "evaluator": str(evaluator)}
        mark = figure(given)
        if leaf is None or not here.any():
            found.append(Finding("what_if.marks.unknown", "marks", "mark", value=str(given), facts=where))
        elif not float(leaf.minimum) <= mark <= float(leaf.maximum):
            limits = {**where, "minimum": f"{leaf.minimum:f}", "maximum": f"{leaf.maximum:f}"}
            found.append(Finding("what_if.marks.range", "marks", "mark", value=str(given), facts=limits))
        else:
            table.loc[here, "mark"] = mark
    if found:
        raise InvalidInput(found)
    return replace(tender, marks=table)


def figure(given: object) -> float:
    """A figure, also as text; NaN for what is none, truth values among it."""
    return float("nan") if isinstance(given, bool | np.bool_) else number_or_nan(given)


def priced(block: LotBlock, prices: Mapping[str, Number]) -> FloatArray | None:
    """Scored prices with other evaluated prices of some bids; None where there are none to change."""
    if not prices:
        return None
    if not block.whole_price:
        raise InvalidInput([Finding("what_if.prices.several", "prices", "price")])
    offered = block.prices.copy()
    found = []
    for bid, price in prices.items():
        b, amount = block.position(bid), figure(price)
        if not 0 < amount < MOST_MONEY:
            found.append(Finding("what_if.prices.invalid", "prices", "price", value=str(price), facts={"bid": bid}))
        elif np.isnan(offered[0, b]):
            found.append(Finding("what_if.prices.closed", "prices", "price", value=bid))
        else:
            offered[0, b] = amount * block.keep[b]
    if found:
        raise InvalidInput(found)
    return offered


def added(block: LotBlock, bid: object, given: object) -> LotBlock:
    """A copy with one more bid, in everything that is not said as the bid that it is like."""
    name, offer = asked_text(bid, "adding"), asked_mapping(given, "adding")
    if name in block.bids:
        raise InvalidInput([Finding("what_if.adding.taken", "what_if", "adding", value=name)])
    unknown = [str(key) for key in offer if key not in PARTS_OF_A_BID]
    if unknown or "like" not in offer:
        raise UnknownName("part of an added bid", unknown[0] if unknown else "(nothing)", PARTS_OF_A_BID)
    like = block.position(offer["like"])  # type: ignore[arg-type]
    marks = _marks_like(block, like, name, offer.get("marks"))
    wider = block.with_bid(name, marks, block.stated[:, like], block.prices[:, like], float(block.keep[like]))
    price: Any = offer.get("price")
    offered = None if price is None else priced(wider, {name: price})
    if offered is None:
        return wider
    evaluated = wider.evaluated.copy()
    evaluated[-1] = figure(price)
    return replace(wider, prices=offered, evaluated=evaluated)


def _marks_like(block: LotBlock, like: int, bid: str, given: object) -> FloatArray:
    """Marks of the bid that it is like, some replaced: the same mark by every member who marks."""
    marks = np.asarray(block.marks[:, :, like].copy())
    named = [block.criteria[row] for row in block.marked]
    found = []
    for criterion, mark in asked_mapping({} if given is None else given, "adding").items():
        if criterion not in named:
            raise UnknownName("marked criterion", criterion, named)
        leaf, amount = block.leaves[block.marked[named.index(criterion)]], figure(mark)
        if float(leaf.minimum) <= amount <= float(leaf.maximum):
            marks[:, named.index(criterion)] = amount
            continue
        limits = {"bid": bid, "criterion": criterion, "minimum": f"{leaf.minimum:f}", "maximum": f"{leaf.maximum:f}"}
        found.append(Finding("what_if.adding.range", "marks", "mark", value=str(mark), facts=limits))
    if found:
        raise InvalidInput(found)
    return marks
