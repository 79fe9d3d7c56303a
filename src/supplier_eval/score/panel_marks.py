"""The panel's marks of one lot: recusal, completeness, aggregation, flags (§3.2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding
from supplier_eval.flags import Flag
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.panel_checks import panel_words, shortfalls
from supplier_eval.policy.criteria import Criterion, Rubric
from supplier_eval.policy.rules import PanelRule
from supplier_eval.score.order import FloatArray, round_half_up
from supplier_eval.score.panel import AggregationRule, aggregate, marks_needed, objective_differences, outlier_marks

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender

OUTLIER_SPREADS = 3.0  # robust standard deviations of the others, beside the policy's share of the scale


@dataclass(frozen=True)
class PanelMarks:
    """Marks of one lot as an array, with who sat on the panel.

    Parameters
    ----------
    members : tuple of str
        Evaluators who mark this lot, in canonical order.
    recused : mapping
        Evaluator → the bidder they have a conflict with.
    marks : ndarray of shape (n_members, n_leaves, n_bids)
        Raw marks that count; NaN where none was given.
    leaves, bids : tuple
        The judged leaves and the bids, in the order of the axes.
    raw : ndarray of shape (n_leaves, n_bids)
        One mark a leaf and bid, aggregated and rounded by the policy's rules.
    """

    members: tuple[str, ...]
    recused: dict[str, str]
    marks: FloatArray
    leaves: tuple[Criterion, ...]
    bids: tuple[str, ...]
    raw: FloatArray
    findings: tuple[Finding, ...]
    flags: tuple[Flag, ...]


def panel_marks(tender: Tender, lot: str, bids: Sequence[str]) -> PanelMarks:
    """Gather, check and aggregate the marks of the bids that are considered.

    Parameters
    ----------
    tender : Tender
        With its marks and evaluators.
    lot : str
        Lot id.
    bids : sequence of str
        Eligible bids in canonical order; marks of others are kept in the tender and not used.

    Returns
    -------
    PanelMarks
        With a finding for every mark that is missing, and flags for outliers, objective items on which
        members differ, and a composition that breaks the panel rule after recusal.
    """
    leaves = tuple(leaf for leaf in tender.tree.leaves if leaf.source == "marks")
    recused = recusals(tender, lot)
    members = tuple(e for e in tender.evaluators if e not in recused)
    marks, given = _array(tender, members, leaves, bids)
    rule = tender.policy.panel
    findings = _missing(given, members, leaves, bids, rule)
    if leaves and bids and not members:
        findings.append(Finding("evaluators.evaluator.none_left", "evaluators", "conflict_with", value=lot))
    method: AggregationRule = "mean" if rule.aggregation == "moderated" else rule.aggregation
    raw = np.full((len(leaves), len(bids)), np.nan)
    if not findings and leaves and bids:
        raw = round_half_up(aggregate(marks, method, rule.trim), tender.policy.rounding.mark)
    flags = _composition(tender, lot, members, recused) if leaves else []
    if leaves and bids and len(members) > 1:
        flags += _outliers(tender, lot, marks, members, leaves, bids)
        flags += _objective(lot, marks, leaves, bids)
    return PanelMarks(members, recused, marks, leaves, tuple(bids), raw, tuple(findings), tuple(flags))


def recusals(tender: Tender, lot: str) -> dict[str, str]:
    """Evaluators who leave this lot, and the bidder for whom: a conflict with one bidder is one with the lot."""
    bidders = {id_key(b): b for b in tender.bids_of(lot)["bidder"]}
    out: dict[str, str] = {}
    for member in tender.evaluators.values():
        for other in member.conflict_with:
            if id_key(other) in bidders:
                out[member.id] = bidders[id_key(other)]
    return out


def _array(
    tender: Tender, members: Sequence[str], leaves: Sequence[Criterion], bids: Sequence[str]
) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Marks by member, leaf and bid, and where one stands; a moderated mark replaces the independent one."""
    import pandas as pd

    out = np.full((len(members), len(leaves), len(bids)), np.nan)
    given = np.zeros(out.shape, dtype=bool)
    axes = {"evaluator": members, "criterion": [leaf.id for leaf in leaves], "bid": bids}
    table = tender.marks
    at = np.stack([pd.Index(list(names)).get_indexer(pd.Index(table[name])) for name, names in axes.items()])
    marks, stages = table["mark"].to_numpy(dtype=np.float64), table["round"].to_numpy(dtype=object)
    for stage in ("independent", "moderated"):
        here = (at >= 0).all(axis=0) & (stages == stage)
        given[tuple(at[:, here])] = True
        read = here & ~np.isnan(marks)
        out[tuple(at[:, read])] = marks[read]
    return out, given


def _missing(
    given: npt.NDArray[np.bool_],
    members: Sequence[str],
    leaves: Sequence[Criterion],
    bids: Sequence[str],
    rule: PanelRule,
) -> list[Finding]:
    """Cells without a mark; one that stands and could not be read was refused when the table was read."""
    if rule.aggregation == "consensus":
        count = given.sum(axis=0)
        cells = [(leaves[c].id, bids[b], int(count[c, b])) for c, b in np.argwhere(count != 1).tolist()]
        return [
            Finding(
                "marks.mark.not_one",
                "marks",
                "mark",
                value=f"{bid} / {criterion}",
                facts={"n": n, "bid": bid, "criterion": criterion},
            )
            for criterion, bid, n in cells
        ]
    found: list[Finding] = []
    needed = marks_needed("trimmed_mean", rule.trim) if rule.aggregation == "trimmed_mean" else 0
    if leaves and bids and len(members) < needed:
        too_few = {"n": len(members), "needed": needed}
        found.append(Finding("marks.mark.too_few_to_trim", "marks", "mark", facts=too_few))
    for e, member in enumerate(members):
        for b, bid in enumerate(bids):
            named = [leaves[c].id for c in np.flatnonzero(~given[e, :, b]).tolist()]
            if named:
                facts = {"evaluator": member, "bid": bid, "n": len(named), "criteria": ", ".join(named)}
                found.append(Finding("marks.mark.absent", "marks", "mark", value=", ".join(named), facts=facts))
    return found


def _composition(tender: Tender, lot: str, members: Sequence[str], recused: dict[str, str]) -> list[Flag]:
    flags = [
        Flag("panel.recused", lot=lot, evaluator=who, clause="§1.3.4", facts={"bidder": bidder, "lot": lot})
        for who, bidder in recused.items()
    ]
    kinds = [tender.evaluators[member].kind for member in members]
    facts = panel_words([lot], bool(recused))
    return flags + [
        Flag(
            short.code,
            lot=lot,
            figure=short.figure,
            threshold=short.threshold,
            clause=short.clause,
            holds=True,
            facts=facts,
        )
        for short in shortfalls(kinds, tender.notice, tender.policy)
    ]


def _outliers(
    tender: Tender,
    lot: str,
    marks: FloatArray,
    members: Sequence[str],
    leaves: Sequence[Criterion],
    bids: Sequence[str],
) -> list[Flag]:
    limit = float(tender.policy.panel.outlier_share)
    width = np.array([100.0 if isinstance(c.value, Rubric) else float(c.maximum - c.minimum) for c in leaves])
    seen = outlier_marks(marks, width, limit, spreads=OUTLIER_SPREADS)
    return [
        Flag(
            "panel.outlier_mark",
            lot=lot,
            bid=bids[b],
            evaluator=members[e],
            criterion=leaves[c].id,
            figure=float(marks[e, c, b]),
            threshold=float(limit * width[c]),
            clause="§1.3.4",
            facts={"median": f"{seen.median_of_others[e, c, b]:,.4g}"},
        )
        for e, c, b in np.argwhere(seen.flagged)
    ]


def _objective(lot: str, marks: FloatArray, leaves: Sequence[Criterion], bids: Sequence[str]) -> list[Flag]:
    differ = objective_differences(marks, np.array([leaf.objective for leaf in leaves]))
    return [
        Flag(
            "panel.objective_differs",
            lot=lot,
            bid=bids[b],
            criterion=leaves[c].id,
            figure=float(np.nanmax(marks[:, c, b]) - np.nanmin(marks[:, c, b])),
            threshold=0.0,
            clause="§3.2.4",
            holds=True,
            facts={"low": f"{np.nanmin(marks[:, c, b]):g}", "high": f"{np.nanmax(marks[:, c, b]):g}"},
        )
        for c, b in np.argwhere(differ)
    ]
