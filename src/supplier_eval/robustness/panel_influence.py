"""Does any single person decide the award? The panel without one member, without two, and levelled (§3.2.4).

Every variation is scored by the tender's own rules from the marks on: aggregation, rounding, floors, value functions,
price formulas, ties. The levelled panels take out what a member adds to everybody (severity: the additive model of
Scheffé 1959, §4.4, a criterion at a time), and also how widely a member marks (spread). They show what the order would
be; nobody's marks are corrected with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from supplier_eval.messages import Lang, message
from supplier_eval.rank.asked import asked_kind
from supplier_eval.rank.points_words import said_bid
from supplier_eval.robustness.block import LotBlock
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.score.evaluator_effects import severity
from supplier_eval.score.order import FloatArray, mean_in_order, settle
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.tender import Tender
    from supplier_eval.score.sheet import Standing

Kind = Literal["without_one", "without_two", "severity", "spread"]


@dataclass(frozen=True)
class PanelVariation:
    """The order with a changed panel.

    Parameters
    ----------
    kind : {"without_one", "without_two", "severity", "spread"}
        What was changed.
    left_out : tuple of str
        Members whose marks do not count.
    winners : tuple of str
        Bids on rank 1; several in a tie; none where too few bids stay valid.
    lead : float or None
        Points by which the evaluated winner leads the best other bid, after rounding; negative where it is overtaken,
        None where it is out or alone.
    same_order : bool
        Whether every bid keeps its rank.
    changed : bool
        Whether the winner is another.
    not_asked : str
        Why there is no answer: ``"too_few_marks"``, ``"nobody_left"``, ``"no_effect"``; empty where there is one.
    """

    kind: Kind
    left_out: tuple[str, ...]
    winners: tuple[str, ...] = ()
    lead: float | None = None
    same_order: bool = True
    changed: bool = False
    not_asked: str = ""


@dataclass(frozen=True, eq=False)
class PanelInfluence(Shown):
    """Who of the panel decides, if anybody.

    Parameters
    ----------
    lot : str
        Lot id.
    members : tuple of str
        Evaluators who mark the lot.
    winners : tuple of str
        Bids on rank 1 as evaluated.
    variations : tuple of PanelVariation
        One member left out, then two, then levelled.
    """

    lot: str
    members: tuple[str, ...]
    winners: tuple[str, ...]
    variations: tuple[PanelVariation, ...]
    names: dict[str, str]
    policy_fingerprint: str
    standing: Standing = "exploratory"

    @property
    def deciders(self) -> tuple[str, ...]:
        """Members without whom another bid would win."""
        return tuple(v.left_out[0] for v in self.variations if v.kind == "without_one" and v.changed)

    @property
    def deciding_pairs(self) -> tuple[tuple[str, ...], ...]:
        """Pairs without whom another bid would win, though neither of them decides alone."""
        alone = set(self.deciders)
        return tuple(
            v.left_out for v in self.variations if v.kind == "without_two" and v.changed and not alone & set(v.left_out)
        )

    def to_frame(self) -> pd.DataFrame:
        """One row a variation: ``kind left_out winners lead same_order changed not_asked``; lead in points of 100."""
        import pandas as pd

        rows = [
            (v.kind, ", ".join(v.left_out), ", ".join(v.winners), v.lead, v.same_order, v.changed, v.not_asked)
            for v in self.variations
        ]
        columns = ["kind", "left_out", "winners", "lead", "same_order", "changed", "not_asked"]
        return pd.DataFrame(rows, columns=columns)

    def explain(self, lang: Lang = "en") -> str:
        """Say whether any single person decides, then two, then the levelled panels."""
        asked = [v for v in self.variations if not v.not_asked]
        singles = [v for v in asked if v.kind == "without_one"]
        lines = []
        if not singles:
            why = next((v.not_asked for v in self.variations), "nobody_left")
            lines.append(message(f"panel_influence.{why}", lang))
        elif self.deciders:
            lines += [
                message("panel_influence.decides", lang, who=v.left_out[0], winners=self._named(v.winners, lang))
                for v in singles
                if v.changed
            ]
        else:
            closest = min((v for v in singles if v.lead is not None), key=lambda v: v.lead or 0.0, default=None)
            code = "panel_influence.nobody" if len(singles) > 1 else "panel_influence.nobody.one"
            lines.append(message(code, lang, n=len(singles)))
            if closest is not None and closest.lead is not None:
                facts = {"who": closest.left_out[0], "lead": f"{round(closest.lead, 4) + 0.0:.4f}"}
                lines.append(message("panel_influence.closest", lang, **facts))
        lines += [
            message("panel_influence.pair", lang, first=first, second=second) for first, second in self.deciding_pairs
        ]
        for v in asked:
            if v.kind in {"severity", "spread"}:
                code = f"panel_influence.{v.kind}.{'changed' if v.changed else 'same'}"
                lines.append(message(code, lang, winners=self._named(v.winners, lang)))
        return "\n".join(lines)

    def _named(self, bids: Sequence[str], lang: Lang) -> str:
        said = [said_bid(bid, self.names.get(bid, bid), lang) for bid in bids]
        return ("、" if lang == "zh" else ", ").join(said) or "-"

    def __repr__(self) -> str:
        who = ", ".join(self.deciders) or "nobody alone"
        return f"PanelInfluence(lot {self.lot!r}: {len(self.members)} members; decides: {who})"


def leave_one_evaluator_out(tender: Tender, lot: str | None = None) -> PanelInfluence:
    """Ask whether the award hangs on one evaluator.

    Parameters
    ----------
    tender : Tender
        With its marks.
    lot : str, optional
        Lot id; may be left out where there is only one.

    Returns
    -------
    PanelInfluence
        The order without each member, without each two, and with severity (and spread) levelled. Where marks are
        agreed by the panel as one, or too few would be left to trim, the variation says that it was not asked.

    Raises
    ------
    SeveralLots, UnknownName
        If the lot is not named, or does not exist.
    InvalidInput
        If the lot has no order.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/service-desk")
    >>> se.robustness.leave_one_evaluator_out(tender, "L1")
    PanelInfluence(lot 'L1': 5 members; decides: nobody alone)
    """
    return panel_influence(lot_block(tender, lot))


def panel_influence(block: LotBlock) -> PanelInfluence:
    """As `leave_one_evaluator_out`, for a lot that is laid out already."""
    asked_kind(block, LotBlock, "block")
    n = len(block.members)
    outs = [(i,) for i in range(n)] + [pair for pair in combinations(range(n), 2) if n > 2]
    variations = [_without(block, out) for out in outs]
    variations += [_levelled(block, "severity"), _levelled(block, "spread")]
    return PanelInfluence(
        lot=block.lot,
        members=block.members,
        winners=block.first(block.base.ranks),
        variations=tuple(variations),
        names={bid: block.name(bid) for bid in block.bids},
        policy_fingerprint=block.tender.policy.fingerprint,
    )


def _without(block: LotBlock, out: tuple[int, ...]) -> PanelVariation:
    kind: Kind = "without_one" if len(out) == 1 else "without_two"
    marks = block.marks.copy()
    marks[list(out)] = np.nan
    return _varied(block, kind, tuple(block.members[i] for i in out), marks)


def _varied(block: LotBlock, kind: Kind, left_out: tuple[str, ...], marks: FloatArray) -> PanelVariation:
    needed = ~np.isnan(block.marks).all(axis=0)
    if not needed.any() or (np.isnan(marks).all(axis=0) & needed).any():
        return PanelVariation(kind, left_out, not_asked="nobody_left")
    try:
        scored = block.score(marks=marks)
    except ValueError:  # a trimmed mean with too few marks left
        return PanelVariation(kind, left_out, not_asked="too_few_marks")
    winners, before = block.first(scored.ranks), block.first(block.base.ranks)
    totals = np.where(scored.eligible, scored.total, -np.inf)
    w = block.position(before[0])
    best_other = float(np.delete(totals, w).max(initial=-np.inf))
    lead = float(settle(totals[w] - best_other)) if np.isfinite(totals[w]) and np.isfinite(best_other) else None
    same = bool((scored.ranks == block.base.ranks).all())
    return PanelVariation(kind, left_out, winners, lead, same, winners != before)


def _levelled(block: LotBlock, kind: Literal["severity", "spread"]) -> PanelVariation:
    """The order after taking out each member's severity (and spread), a criterion at a time, inside the mark range."""
    marks, moved = block.marks.copy(), False
    for c, row in enumerate(block.marked):
        leaf = block.leaves[row]
        level = _level(block.marks[:, c], kind)
        if level is not None:
            marks[:, c] = np.clip(level, float(leaf.minimum), float(leaf.maximum))
            moved = True
    if not moved:
        return PanelVariation(kind, (), not_asked="no_effect")
    return _varied(block, kind, (), marks)


def _level(given: FloatArray, kind: Literal["severity", "spread"]) -> FloatArray | None:
    """Marks (members × bids) with the members' level taken out, and their spread brought to the panel's mean spread."""
    effects = severity(given)
    if effects.reason is not None:
        return None
    level = given - np.nan_to_num(effects.severity)[:, None]
    if kind == "severity":
        return level
    counted = ~np.isnan(given)
    mean = mean_in_order(given, counted, axis=1)[:, None]
    spread = np.sqrt(mean_in_order((given - mean) ** 2, counted, axis=1))[:, None]
    marking = counted.any(axis=1)
    target = float(mean_in_order(spread[marking, 0], np.ones(int(marking.sum()), bool)))
    factor = np.where(spread > 0, target / np.where(spread > 0, spread, 1.0), 1.0)
    centre = mean - np.nan_to_num(effects.severity)[:, None]
    return np.asarray(centre + (given - mean) * factor)
