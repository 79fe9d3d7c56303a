"""What if: other weights, formula, marks, floors, prices, bids; old and new side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.messages import Lang, message
from supplier_eval.robustness.block import LotBlock, Scores
from supplier_eval.robustness.changed_policy import Number, with_floors, with_formula, with_weights
from supplier_eval.robustness.lay_out import lot_block

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.tender import Tender
    from supplier_eval.policy.document import Policy
    from supplier_eval.score.order import FloatArray
    from supplier_eval.score.sheet import Standing

CHANGES = ("weights", "formula", "parameters", "floors", "marks", "prices", "without", "adding", "policy")


@dataclass(frozen=True, eq=False)
class WhatIf:
    """One lot before and after a change; exploratory whatever the change.

    Parameters
    ----------
    old, new : LotBlock
        The lot under the tender's policy, and changed.
    before, after : Scores
        Their scores; the bids of `new` are those of `old`, then any that were added.
    changes : tuple of str
        What was changed, by keyword.
    """

    lot: str
    old: LotBlock
    new: LotBlock
    before: Scores
    after: Scores
    changes: tuple[str, ...]
    standing: Standing = "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the tender's policy."""
        return self.old.tender.policy.fingerprint

    @property
    def new_fingerprint(self) -> str:
        """Fingerprint of the policy that was tried; the same where only marks, prices or bids changed."""
        return self.new.tender.policy.fingerprint

    @property
    def winners_before(self) -> tuple[str, ...]:
        """Bids on rank 1 as evaluated."""
        return self.old.first(self.before.ranks)

    @property
    def winners_after(self) -> tuple[str, ...]:
        """Bids on rank 1 after the change; none where too few bids stay valid."""
        return self.new.first(self.after.ranks)

    @property
    def changed(self) -> bool:
        """Whether the winner is another."""
        return self.winners_before != self.winners_after

    def to_frame(self) -> pd.DataFrame:
        """One row a bid, best after the change first.

        Columns ``bid name rank_before rank_after total_before total_after change``: totals and their difference in
        points of 100; NaN and rank 0 for a bid that is out.
        """
        import pandas as pd

        rows = []
        for bid in dict.fromkeys((*self.old.bids, *self.new.bids)):
            a, b = self._at(self.old, bid), self._at(self.new, bid)
            total_a = np.nan if a is None else float(self.before.total[a])
            total_b = np.nan if b is None else float(self.after.total[b])
            ranks = (0 if a is None else int(self.before.ranks[a]), 0 if b is None else int(self.after.ranks[b]))
            rows.append((bid, self.new.name(bid), *ranks, total_a, total_b, total_b - total_a))
        rows.sort(key=lambda row: (row[3] == 0, row[3], row[0]))
        columns = ["bid", "name", "rank_before", "rank_after", "total_before", "total_after", "change"]
        return pd.DataFrame(rows, columns=columns)

    def points_frame(self) -> pd.DataFrame:
        """One row a bid and leaf: ``bid criterion before after change``, weighted points of 100."""
        import pandas as pd

        rows = []
        for bid in self.new.bids:
            a, b = self._at(self.old, bid), self.new.position(bid)
            weighted = self.new.weights * self.after.values[:, b]
            for criterion, after in zip(self.new.criteria, weighted.tolist(), strict=True):
                before = np.nan
                if a is not None and criterion in self.old.criteria:
                    i = self.old.criteria.index(criterion)
                    before = float(self.old.weights[i] * self.before.values[i, a])
                rows.append((bid, criterion, before, after, after - before))
        return pd.DataFrame(rows, columns=["bid", "criterion", "before", "after", "change"])

    def explain(self, lang: Lang = "en") -> str:
        """Say whether the winner changes, and which bids move."""
        said = [message("what_if.exploratory", lang, changes=", ".join(self.changes) or "-")]
        code = "what_if.changed" if self.changed else "what_if.same"
        facts = {"before": self._named(self.winners_before), "after": self._named(self.winners_after)}
        said.append(message(code, lang, **facts))
        frame = self.to_frame()
        for bid, before, after in zip(frame["bid"], frame["rank_before"], frame["rank_after"], strict=True):
            if before != after:
                code = "what_if.out" if after == 0 else "what_if.moved" if before else "what_if.came"
                said.append(message(code, lang, bid=bid, before=before, after=after))
        return "\n".join(said)

    def _named(self, bids: Sequence[str]) -> str:
        return ", ".join(bids) or "-"

    @staticmethod
    def _at(block: LotBlock, bid: str) -> int | None:
        return block.bids.index(bid) if bid in block.bids else None

    def __repr__(self) -> str:
        before, after = self._named(self.winners_before), self._named(self.winners_after)
        return f"WhatIf(lot {self.lot!r}: {', '.join(self.changes)}; winner {before} -> {after}; exploratory)"


def what_if(tender: Tender, *, lot: str | None = None, **changes: Any) -> WhatIf:  # noqa: ANN401 - see Parameters
    """Change something and see the old and the new result side by side.

    Parameters
    ----------
    tender : Tender
        As evaluated.
    lot : str, optional
        Lot id; may be left out where there is only one.
    **changes
        Any of: ``weights`` (criterion id → points within its parent; siblings that are not named share the rest in the
        published proportion), ``formula`` (name in ``PRICE_FORMULAS``, or price criterion → name) with ``parameters``,
        ``floors`` (criterion id → minimum value 0-100, in place of all floors; ``{}`` for none), ``marks`` ((bid,
        criterion, evaluator) → mark), ``prices`` (bid → evaluated price), ``without`` (bids that are left out),
        ``adding`` (new id → ``{"like": bid, "price": amount, "marks": {criterion: mark}}``, everything that is not
        said as in the bid it is like), ``policy`` (another policy altogether).

    Returns
    -------
    WhatIf
        Exploratory, always.

    Raises
    ------
    UnknownName, InvalidInput, InvalidPolicy, InvalidTender
        If a change names something that does not exist, is out of range, or breaks the policy's regime.
    """
    unknown = [name for name in changes if name not in CHANGES]
    if unknown:
        raise UnknownName("change", unknown[0], CHANGES)
    old = lot_block(tender, lot)
    policy = _policy(tender, changes)
    other = tender.with_policy(policy) if policy is not tender.policy else tender
    if changes.get("marks"):
        other = _marked(other, changes["marks"])
    new = lot_block(other, old.lot) if other is not tender else old
    for bid, offer in (changes.get("adding") or {}).items():
        new = _added(new, str(bid), offer)
    prices = _priced(new, changes.get("prices") or {})
    part = np.ones(len(new.bids), bool)
    for bid in changes.get("without") or ():
        part[new.position(bid)] = False
    after = new.score(prices=prices, taking_part=part)
    return WhatIf(old.lot, old, new, old.base, after, tuple(name for name in CHANGES if name in changes))


def _policy(tender: Tender, changes: Mapping[str, Any]) -> Policy:
    policy: Policy = changes.get("policy") or tender.policy
    if "formula" in changes:
        policy = with_formula(policy, changes["formula"], changes.get("parameters"))
    elif "parameters" in changes:
        current = {c.id: c.price.formula for c in policy.criteria if c.price is not None}
        policy = with_formula(policy, current, changes["parameters"])
    if "floors" in changes:
        policy = with_floors(policy, changes["floors"])
    if "weights" in changes:
        policy = with_weights(policy, policy.tree(tender.notice.category), changes["weights"])
    return policy


def _marked(tender: Tender, marks: Mapping[tuple[str, str, str], Number]) -> Tender:
    """A copy with other marks; each must stand in the table already and stay in its criterion's range."""
    table = tender.marks.copy()
    found: list[Finding] = []
    for (bid, criterion, evaluator), mark in marks.items():
        here = (table["bid"] == bid) & (table["criterion"] == criterion) & (table["evaluator"] == evaluator)
        leaf = tender.tree.by_id.get(criterion)
        where = {"bid": bid, "criterion": criterion, "evaluator": evaluator}
        if leaf is None or not here.any():
            found.append(Finding("what_if.marks.unknown", "marks", "mark", value=str(mark), facts=where))
        elif not float(leaf.minimum) <= float(mark) <= float(leaf.maximum):
            limits = {**where, "minimum": f"{leaf.minimum:f}", "maximum": f"{leaf.maximum:f}"}
            found.append(Finding("what_if.marks.range", "marks", "mark", value=str(mark), facts=limits))
        else:
            table.loc[here, "mark"] = float(mark)
    if found:
        raise InvalidInput(found)
    return replace(tender, marks=table)


def _priced(block: LotBlock, prices: Mapping[str, Number]) -> FloatArray | None:
    if not prices:
        return None
    if not block.whole_price:
        raise InvalidInput([Finding("what_if.prices.several", "prices", "price")])
    offered = block.prices.copy()
    for bid, price in prices.items():
        b, amount = block.position(bid), float(price)
        if not (np.isfinite(amount) and amount > 0):
            raise InvalidInput([Finding("what_if.prices.invalid", "prices", "price", value=str(price))])
        if np.isnan(offered[0, b]):
            raise InvalidInput([Finding("what_if.prices.closed", "prices", "price", value=bid)])
        offered[0, b] = amount * block.keep[b]
    return offered


def _added(block: LotBlock, bid: str, offer: Mapping[str, Any]) -> LotBlock:
    unknown = [key for key in offer if key not in {"like", "price", "marks"}]
    if unknown or "like" not in offer:
        raise UnknownName("part of an added bid", unknown[0] if unknown else "(nothing)", ("like", "price", "marks"))
    like = block.position(offer["like"])
    marks = block.marks[:, :, like].copy()
    for criterion, mark in (offer.get("marks") or {}).items():
        named = [block.criteria[row] for row in block.marked]
        if criterion not in named:
            raise UnknownName("marked criterion", criterion, named)
        marks[:, named.index(criterion)] = float(mark)
    wider = block.with_bid(bid, marks, block.stated[:, like], block.prices[:, like], float(block.keep[like]))
    if "price" not in offer:
        return wider
    offered = _priced(wider, {bid: offer["price"]})
    if offered is None:
        return wider
    evaluated = wider.evaluated.copy()
    evaluated[-1] = float(offer["price"])
    return replace(wider, prices=offered, evaluated=evaluated)
