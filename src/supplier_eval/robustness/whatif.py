"""What if: other weights, formula, marks, floors, prices, bids; old and new side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.errors import UnknownName
from supplier_eval.flags import Reason
from supplier_eval.messages import Lang, message
from supplier_eval.robustness.block import LotBlock, Scores
from supplier_eval.robustness.changed_policy import with_floors, with_formula, with_weights
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.whatif_changes import added, asked_changes, marked, priced
from supplier_eval.robustness.whatif_words import listed, said_bids, said_changes
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.tender import Tender
    from supplier_eval.policy.document import Policy
    from supplier_eval.score.sheet import Standing

CHANGES = ("weights", "formula", "parameters", "floors", "marks", "prices", "without", "adding", "policy")


@dataclass(frozen=True, eq=False)
class WhatIf(Shown):
    """One lot before and after a change; exploratory whatever the change.

    Parameters
    ----------
    old, new : LotBlock
        The lot under the tender's policy, and changed.
    before, after : Scores
        Their scores; the bids of `new` are those of `old`, then any that were added.
    changes : tuple of str
        What was changed, by keyword.
    said : tuple of Reason
        Each change with its figures.
    """

    lot: str
    old: LotBlock
    new: LotBlock
    before: Scores
    after: Scores
    changes: tuple[str, ...]
    said: tuple[Reason, ...] = ()
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
        points of 100, ``Float64``, missing (``<NA>``) beside a rank of 0: the bid is out.
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
        return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[-3:], "Float64"))

    def points_frame(self) -> pd.DataFrame:
        """One row a bid and leaf: ``bid criterion before after change``, weighted points of 100, ``Float64``.

        Missing (``<NA>``) where the bid is out, or the criterion is new.
        """
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
        columns = ["bid", "criterion", "before", "after", "change"]
        return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[2:], "Float64"))

    def explain(self, lang: Lang = "en") -> str:
        """Say what was changed, whether the winner changes, and which bids move."""
        changes = listed([message(f"what_if.change.{name}", lang) for name in self.changes], lang)
        said = [message("what_if.exploratory" if changes else "what_if.exploratory.nothing", lang, changes=changes)]
        said += [f"  {reason.say(lang)}" for reason in self.said]
        code = "what_if.changed" if self.changed else "what_if.same"
        before, after = self.winners_before, self.winners_after
        facts = {"before": said_bids(self.old, before, lang), "after": said_bids(self.new, after, lang)}
        said.append(message(code if after else "what_if.nobody", lang, **facts))
        frame = self.to_frame()
        for bid, before, after in zip(frame["bid"], frame["rank_before"], frame["rank_after"], strict=True):
            if before != after:
                code = "what_if.out" if after == 0 else "what_if.moved" if before else "what_if.came"
                said.append(message(code, lang, bid=bid, before=before, after=after))
        return "\n".join(said)

    @staticmethod
    def _at(block: LotBlock, bid: str) -> int | None:
        return block.bids.index(bid) if bid in block.bids else None

    def __repr__(self) -> str:
        before, after = (", ".join(bids) or "-" for bids in (self.winners_before, self.winners_after))
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
        criterion, evaluator) → mark), ``prices`` (bid → evaluated price), ``without`` (bids that are left out;
        one text is one bid),
        ``adding`` (new id → ``{"like": bid, "price": amount, "marks": {criterion: mark}}``, everything that is not
        said as in the bid it is like), ``policy`` (another policy altogether). A change of None is none.

    Returns
    -------
    WhatIf
        Exploratory, always.

    Raises
    ------
    UnknownName, InvalidInput, InvalidPolicy, InvalidTender
        If a change is of the wrong kind, names something that does not exist, is out of range, or breaks the policy's
        regime.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/service-desk")
    >>> answer = se.robustness.what_if(tender, lot="L1", weights={"price": 40})
    >>> answer
    WhatIf(lot 'L1': weights; winner YX-1 -> YX-1; exploratory)
    """
    unknown = [name for name in changes if name not in CHANGES]
    if unknown:
        raise UnknownName("change", unknown[0], CHANGES)
    given = asked_changes(changes)
    old = lot_block(tender, lot)
    policy = _policy(tender, given)
    other = tender.with_policy(policy) if policy is not tender.policy else tender
    if given.get("marks"):
        other = marked(other, given["marks"])
    new = lot_block(other, old.lot) if other is not tender else old
    for bid, offer in given.get("adding", {}).items():
        new = added(new, bid, offer)
    prices = priced(new, given.get("prices", {}))
    part = np.ones(len(new.bids), bool)
    for bid in given.get("without", ()):
        part[new.position(bid)] = False
    after = new.score(prices=prices, taking_part=part)
    named = tuple(name for name in CHANGES if name in given)
    return WhatIf(old.lot, old, new, old.base, after, named, said_changes(old, new, given))


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
