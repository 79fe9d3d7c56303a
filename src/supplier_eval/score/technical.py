"""The values of everything but the price, and the quality floors (§1.3.2, §3.1.2-§3.1.5).

Nothing in this file knows a price; before the technical marks are locked it is all that may be computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding
from supplier_eval.flags import Flag, Reason
from supplier_eval.intake.identifiers import id_key
from supplier_eval.policy.criteria import Criterion, Rubric, YesNo
from supplier_eval.score.block import node_value
from supplier_eval.score.leaf import leaf_values
from supplier_eval.score.order import FloatArray, settle
from supplier_eval.score.panel_marks import PanelMarks, panel_marks

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Fact, Tender
    from supplier_eval.policy.rules import Floor


@dataclass(frozen=True)
class Technical:
    """Values before any price is known.

    Parameters
    ----------
    leaves : tuple of Criterion
        All leaves of the tree, in tree order; price leaves hold NaN.
    bids : tuple of str
        The bids considered, in canonical order.
    raw, values : ndarray of shape (n_leaves, n_bids)
        Raw figures in the leaf's unit, and values on 0-100.
    declared : mapping
        (leaf, bid) → the value that the policy declared for "none".
    """

    leaves: tuple[Criterion, ...]
    bids: tuple[str, ...]
    raw: FloatArray
    values: FloatArray
    panel: PanelMarks
    declared: Mapping[tuple[str, str], float]
    findings: tuple[Finding, ...]
    flags: tuple[Flag, ...]

    @property
    def unread(self) -> bool:
        """Whether a value is missing without a finding: something stands there that could not be read."""
        asked = [i for i, leaf in enumerate(self.leaves) if leaf.source != "price"]
        return not self.findings and bool(np.isnan(self.values[asked]).any())


def technical_values(tender: Tender, lot: str, bids: Sequence[str]) -> Technical:
    """Compute the value of every leaf that is not a price.

    Parameters
    ----------
    tender : Tender
        With its marks and facts.
    lot : str
        Lot id.
    bids : sequence of str
        Eligible bids, in canonical order.

    Returns
    -------
    Technical
        With one finding for every mark and fact that is missing; missing is not zero.
    """
    leaves = tender.tree.leaves
    panel = panel_marks(tender, lot, bids)
    at = {leaf.id: i for i, leaf in enumerate(panel.leaves)}
    raw = np.full((len(leaves), len(bids)), np.nan)
    values = raw.copy()
    declared: dict[tuple[str, str], float] = {}
    findings = list(panel.findings)
    for i, leaf in enumerate(leaves):
        if leaf.source == "marks":
            raw[i] = panel.raw[at[leaf.id]]
        elif leaf.source in {"facts", "past"}:
            raw[i], stated, found = _facts_row(tender, leaf, bids)
            declared |= {(leaf.id, bid): value for bid, value in stated.items()}
            findings += found
        else:
            continue
        values[i] = leaf_values(leaf, raw[i])
        for b, bid in enumerate(bids):
            values[i, b] = declared.get((leaf.id, bid), values[i, b])
    return Technical(leaves, tuple(bids), raw, values, panel, declared, tuple(findings), panel.flags)


def _facts_row(
    tender: Tender, leaf: Criterion, bids: Sequence[str]
) -> tuple[FloatArray, dict[str, float], list[Finding]]:
    """One leaf from requirements.csv or past.csv: figures, declared values, findings for what is absent."""
    row = np.full(len(bids), np.nan)
    stated: dict[str, float] = {}
    absent: list[str] = []
    for b, bid in enumerate(bids):
        figure = _past(tender, bid) if leaf.source == "past" else _fact(leaf, tender.facts.get((bid, leaf.id)))
        if figure == "none" and leaf.when_missing is not None:
            stated[bid] = float(leaf.when_missing)
        elif isinstance(figure, float):
            row[b] = figure
        elif not _unread(tender, leaf, bid):
            absent.append(bid)
    if not absent:
        return row, stated, []
    table = "past" if leaf.source == "past" else "requirements"
    facts = {"criterion": leaf.id, "bids": ", ".join(absent), "n": len(absent)}
    return row, stated, [Finding(f"{table}.value.absent", table, "value", value=leaf.id, facts=facts)]


def _unread(tender: Tender, leaf: Criterion, bid: str) -> bool:
    """Whether something stands that could not be read: it was refused when the table was read."""
    fact = tender.facts.get((bid, leaf.id)) if leaf.source == "facts" else None
    return fact is not None and fact.unread


def _past(tender: Tender, bid: str) -> float | str:
    score = tender.past.get(str(tender.bids.loc[bid, "bidder"]))
    return "none" if score is None else float(score.score)


def _fact(leaf: Criterion, fact: Fact | None) -> float | str | None:
    if fact is None or fact.value is None:
        return None
    if fact.value == "none":
        return "none"
    if isinstance(leaf.value, Rubric):
        return float(leaf.value.levels[str(fact.value)])
    if isinstance(leaf.value, YesNo):
        return float(bool(fact.value))
    return float(fact.value) if isinstance(fact.value, Decimal) else None


def leaf_weights(tender: Tender) -> FloatArray:
    """Weights of the leaves as fractions of 1, in tree order."""
    weights = tender.tree.weights(tender.policy.total)
    return np.array([weights[leaf.id] for leaf in tender.tree.leaves])


def below_floors(tender: Tender, lot: str, technical: Technical) -> dict[str, tuple[Reason, ...]]:
    """Bids below a quality floor, judged on values before any rescaling, with how far off."""
    out: dict[str, tuple[Reason, ...]] = {}
    index = {leaf.id: i for i, leaf in enumerate(technical.leaves)}
    for floor in tender.policy.floors:
        if id_key(floor.lot) not in {"", id_key(lot)} or floor.criterion not in tender.tree.by_id:
            continue
        below = tender.tree.leaves_below(floor.criterion)
        within = [float(tender.tree.share_within(floor.criterion, leaf.id)) for leaf in below]
        rows = [index[leaf.id] for leaf in below]
        found = node_value(technical.values[rows], within, range(len(rows)))
        full, unit = _scale(tender, floor)
        for b, bid in enumerate(technical.bids):
            figure = float(settle(found[b] * full / 100.0))
            if figure < float(floor.minimum):
                out[bid] = (*out.get(bid, ()), _below(tender, floor, figure, full, unit))
    return out


def _scale(tender: Tender, floor: Floor) -> tuple[float, str]:
    if floor.unit == "value":
        return 100.0, ""
    share = tender.tree.exact_weight(floor.criterion, tender.policy.total)
    return float(share * 100), "points"


def _below(tender: Tender, floor: Floor, figure: float, full: float, unit: str) -> Reason:
    name = tender.tree[floor.criterion].name
    facts = {
        "criterion_en": name.say("en"),
        "criterion_zh": name.say("zh"),
        "found": f"{figure:,.10g}",
        "maximum": f"{full:,.10g}",
        "minimum": f"{floor.minimum:f}",
        "off": f"{float(floor.minimum) - figure:,.10g}",
        "unit_en": unit or "value points",
        "unit_zh": "分" if unit else "价值分",
    }
    return Reason("qualify.floor", floor.clause, facts)
