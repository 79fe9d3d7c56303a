"""The procedure, one screen long: qualify, score, rank, flag - in that order, lot by lot (§3.2.3, §3.2.4)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding, InvalidPolicy, InvalidTender
from supplier_eval.evaluation import Evaluation, LotResult
from supplier_eval.flags import Flag
from supplier_eval.intake.assemble import load_tender
from supplier_eval.policy.document import Policy
from supplier_eval.qualify.gates import qualify_bids
from supplier_eval.rank.points import rank_points
from supplier_eval.score.build import score_bids
from supplier_eval.score.leaf import leaf_values
from supplier_eval.score.panel_front import judge_marks
from supplier_eval.score.panel_table import marks_table
from supplier_eval.score.price_line_checks import told_together
from supplier_eval.score.readiness import formula_findings
from supplier_eval.score.technical import technical_values

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender
    from supplier_eval.score.panel_front import PanelAgreement
    from supplier_eval.score.sheet import ScoreSheet


def evaluate(tender: Tender) -> Evaluation:
    """Evaluate a tender: sort out who may be considered, score them, rank them, lot by lot.

    Parameters
    ----------
    tender : Tender
        As `read_tender` gives it.

    Returns
    -------
    Evaluation
        One result a lot; an evaluation that cannot go on says why in its ranking.

    Raises
    ------
    InvalidTender
        With everything that is missing or cannot be evaluated, of all lots.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> evaluation = se.evaluate(tender)
    >>> evaluation.standing, evaluation.ranking.order
    ('binding', ('ATI OPERA', 'ATI CNS'))
    >>> print(evaluation.compare("ATI OPERA", "ATI CNS").explain().splitlines()[0])
    ATI OPERA is ahead of ATI CNS by 8.8619 points.
    """
    lots: dict[str, LotResult] = {}
    findings: list[Finding] = []
    for lot in tender.lots:
        try:
            lots[lot] = evaluate_lot(tender, lot)
        except InvalidTender as refused:
            findings += refused.findings
    if findings:
        raise InvalidTender(told_together(dict.fromkeys(findings)), tender.source)
    return Evaluation(tender, lots)


def evaluate_lot(tender: Tender, lot: str) -> LotResult:
    """Evaluate one lot: qualify, score, rank, flag."""
    qualification = qualify_bids(tender, lot)
    sheet = score_bids(tender, qualification)
    ranking = rank_points(sheet)
    half = [group for group in ranking.tied if any(bid in sheet.drawn for bid in group)]
    if half:  # a draw on record that could not decide is said
        said = [Flag("draw.incomplete", lot=lot, clause="§1.3.4", facts={"bids": ", ".join(group)}) for group in half]
        sheet = replace(sheet, flags=(*sheet.flags, *said))
        ranking = replace(ranking, sheet=sheet)
    for ruling in tender.rulings:  # after the lock nobody is scored again: the next candidate moves up
        if ruling.case == "withdrawal" and ruling.bid in ranking.order and ruling.bid not in ranking.withdrawn:
            ranking = ranking.withdraw(ruling.bid)
    return LotResult(lot, sheet.qualification or qualification, sheet, ranking, _agreement(tender, sheet))


def _agreement(tender: Tender, sheet: ScoreSheet) -> PanelAgreement | None:
    """Agreement of the members on their weighted totals, over the bids that they marked."""
    panel = sheet.technical.panel if sheet.technical is not None else None
    if panel is None or len(panel.members) < 2 or len(panel.bids) < 1 or not panel.leaves:
        return None
    worth = np.stack([leaf_values(leaf, panel.marks[:, c]) for c, leaf in enumerate(panel.leaves)], axis=1)
    weights = tender.tree.weights(tender.policy.total)
    mine = {leaf.id: weights[leaf.id] for leaf in panel.leaves}
    table = marks_table(worth, panel.members, tuple(mine), panel.bids)
    return judge_marks(table, weights=mine if any(mine.values()) else None)


def check_policy(path: str | Path) -> list[Finding]:
    """Check a policy file: everything that refuses it, and what would surprise a panel about its formulas.

    Parameters
    ----------
    path : str or Path
        A TOML file.

    Returns
    -------
    list of Finding
        Errors first.
    """
    try:
        policy = Policy.load(path)
    except InvalidPolicy as refused:
        return list(refused.findings)
    return sorted([*policy.check(), *formula_findings(policy)], key=lambda finding: finding.severity != "error")


def check_tender(path: str | Path, policy: Policy | None = None) -> list[Finding]:
    """Check a tender without evaluating it for show: everything that `evaluate` would refuse, and warnings.

    Parameters
    ----------
    path : str or Path
        As for `read_tender`.
    policy : Policy, optional
        Takes the place of the one that the notice names.

    Returns
    -------
    list of Finding
        Errors first. Prices of a two-envelope tender are looked at only once the technical marks are locked,
        and only for bids above the threshold.

    Examples
    --------
    >>> [finding.code for finding in se.check_tender("data/samples/service-desk")]
    ['policy.price.relative']
    """
    return check_loaded(*load_tender(path, policy))


def check_loaded(tender: Tender | None, findings: list[Finding]) -> list[Finding]:
    """Check what `load_tender` gave, as `check_tender` says.

    Parameters
    ----------
    tender : Tender or None
        As read; None where it could not be.
    findings : list of Finding
        Of the reading.
    """
    if tender is not None:
        findings = [*findings, *formula_findings(tender.policy)]
        refused = any(finding.severity == "error" for finding in findings)
        findings += _what_is_absent(tender, findings) if refused else _what_evaluate_refuses(tender)
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.severity != "error")


def _what_evaluate_refuses(tender: Tender) -> list[Finding]:
    try:
        evaluate(tender)
    except InvalidTender as refused:
        return list(refused.findings)
    return []


def _what_is_absent(tender: Tender, known: list[Finding]) -> list[Finding]:
    """Marks and facts that are missing in a tender which cannot be evaluated for other reasons.

    A bid whose gate could not be read counts as considered; a table that could not be read misses nothing.
    """
    found: list[Finding] = []
    for lot in tender.lots:
        judged = qualify_bids(tender, lot)
        unread = {c.bid for c in judged.checks if (f := tender.facts.get((c.bid, c.gate))) and f.unread}
        bids = [bid for bid in judged.bids if bid in judged.eligible or bid in unread]
        found += technical_values(tender, lot, bids).findings
    empty = {"marks": tender.marks.empty, "evaluators": not tender.evaluators, "requirements": not tender.facts}
    broken = {f.table for f in known if f.severity == "error" and empty.get(f.table)}
    broken |= {f.table for f in known if f.code.endswith(".column_missing")}
    broken |= {"marks"} if "evaluators" in broken else set()
    return [finding for finding in found if finding.table not in broken]
