"""How firm is the winner of every lot: the studies of a tender, and the rehearsals of a policy, as one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.intake.assemble import read_tender
from supplier_eval.intake.tender import Tender
from supplier_eval.messages import LANGS
from supplier_eval.policy.document import Policy
from supplier_eval.procedure import evaluate_lot
from supplier_eval.rank.asked import asked_each, asked_path, asked_policy, asked_tender, asked_together, asked_yes_no
from supplier_eval.robustness.methods import MethodComparison, compare_methods
from supplier_eval.robustness.rehearsal import Rehearsal, publication_findings, rehearse
from supplier_eval.robustness.study import RobustnessStudy, plain_data, robustness_study

if TYPE_CHECKING:
    from supplier_eval.flags import Reason
    from supplier_eval.robustness.block import LotBlock
    from supplier_eval.robustness.breakeven import BreakEven

NO_ORDER = "robustness.no_order"


@dataclass(frozen=True, eq=False)
class LotAnswer:
    """What was found about one lot.

    Parameters
    ----------
    lot : str
        Lot id.
    study : RobustnessStudy or None
        None where the lot has no order to question.
    stopped : Reason, Finding or None
        Why there is no order.
    methods : MethodComparison or None
        Other ways of ranking, where they were asked for.
    break_even : BreakEven or None
        Prices and marks with which others would win, where they were asked for; for those inside only.
    """

    lot: str
    study: RobustnessStudy | None = None
    stopped: Reason | Finding | None = None
    methods: MethodComparison | None = None
    break_even: BreakEven | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as plain data; a lot without an order is ``{"lot", "stopped"}``."""
        if self.study is None:
            why = self.stopped
            said: dict[str, str] | None = None
            if why is not None:
                said = {"code": why.code, **{str(lang): why.say(lang) for lang in LANGS}}
            return {"lot": self.lot, "stopped": said}
        document = self.study.to_dict()
        if self.methods is not None:
            document["methods"] = plain_data(self.methods.to_frame().to_dict("records"))
        if self.break_even is not None:
            document["break_even"] = {
                "prices": plain_data(self.break_even.to_frame().to_dict("records")),
                "marks": plain_data(self.break_even.marks_frame().to_dict("records")),
            }
        return document


def answer_lots(
    tender: Tender,
    lot: str | None = None,
    *,
    draws: int = 4096,
    seed: int = 0,
    methods: bool = False,
    break_even: bool = False,
) -> tuple[LotAnswer, ...]:
    """Ask about every lot of a tender how firmly its winner stands.

    Parameters
    ----------
    tender : Tender
        As evaluated.
    lot : str, optional
        This lot only.
    draws, seed : int
        As for `robustness_study`.
    methods : bool
        Whether other ways of ranking are tried too.
    break_even : bool
        Whether to find the prices and marks with which other bids would win; for those inside the procedure only.

    Returns
    -------
    tuple of LotAnswer
        In the tender's order. A lot without an order is an answer too, with the reason.

    Raises
    ------
    UnknownName
        If there is no such lot.
    InvalidInput
        If it is no tender or cannot be evaluated, or another argument is of the wrong kind.
    """
    asked_tender(tender)
    asked_together(lambda: asked_yes_no(methods, "methods"), lambda: asked_yes_no(break_even, "break_even"))
    if lot is not None and (not isinstance(lot, str) or lot not in tender.lots):
        raise UnknownName("lot", lot, tender.lots)
    answers = []
    for name in tender.lots if lot is None else (lot,):
        try:
            study = robustness_study(tender, name, draws=draws, seed=seed)
        except InvalidInput as refused:
            if any(finding.code != NO_ORDER for finding in refused.findings):
                raise
            answers.append(LotAnswer(name, stopped=evaluate_lot(tender, name).ranking.stopped or refused.findings[0]))
            continue
        compared = compare_methods(study.block.result.sheet) if methods else None
        answers.append(LotAnswer(name, study, None, compared, _break_even(study.block) if break_even else None))
    return tuple(answers)


def _break_even(block: LotBlock) -> BreakEven:
    """Ask it only here: it is slow to load, and for those inside."""
    from supplier_eval.robustness.breakeven import break_even_of

    return break_even_of(block)


def answers_document(answers: Sequence[LotAnswer]) -> dict[str, Any]:
    """Give all lots as plain data, the document of ``robustness --format json``: no NaN, no infinity."""
    return {"lots": [answer.to_dict() for answer in asked_each(answers, LotAnswer, "answers")]}


def rehearsals(policy: Policy) -> tuple[Rehearsal, ...]:
    """Rehearse a policy on the market sample, once for each service category whose criteria differ.

    Parameters
    ----------
    policy : Policy
        Adopted or not.

    Returns
    -------
    tuple of Rehearsal
        Categories with the same criteria are rehearsed once, under the first of them.
    """
    if not any(criterion.categories for criterion in asked_policy(policy).criteria):
        return (rehearse(policy),)
    found: dict[tuple[str, ...], Rehearsal] = {}
    for category in policy.categories:
        leaves = tuple(leaf.id for leaf in policy.tree(category).leaves)
        if leaves not in found:
            found[leaves] = rehearse(policy, category=category)
    return tuple(found.values())


def rehearsals_document(found: Sequence[Rehearsal]) -> dict[str, Any]:
    """Give the rehearsals as plain data, the document of ``robustness policy.toml --format json``."""
    return {
        "rehearsals": [
            {
                "category": one.category,
                "standing": one.standing,
                "policy_fingerprint": one.policy_fingerprint,
                "weights": plain_data(one.to_frame().to_dict("records")),
                "shares": plain_data(one.shares_frame().to_dict("records")),
                "price_of_a_point": plain_data(one.price_of_a_point),
                **{lang: one.explain(lang) for lang in LANGS},
            }
            for one in asked_each(found, Rehearsal, "found")
        ]
    }


def check_before_publication(
    path: str | Path | Tender | Policy, policy: Policy | None = None, *, is_policy: bool = False
) -> list[Finding]:
    """Warn of a price formula that lets a bid that cannot win decide who wins, see `publication_findings`.

    Parameters
    ----------
    path : str, Path, Tender or Policy
        A policy file, or a tender that `check_tender` accepts; or one that was read already, which is not read again.
    policy : Policy, optional
        Takes the place of the one that the tender names.
    is_policy : bool
        Whether the path is a policy file: all its service categories are rehearsed, of a tender only its own.

    Returns
    -------
    list of Finding
        Warnings, with the measured frequency.

    Raises
    ------
    InvalidInput
        If it is none of these, or cannot be read.
    """
    chosen = None if policy is None else asked_policy(policy)
    if isinstance(path, Policy):
        return publication_findings(path)
    if isinstance(path, Tender):
        return publication_findings(chosen or path.policy, path.notice.category)
    file = asked_path(path, "path")
    if asked_yes_no(is_policy, "is_policy"):
        return publication_findings(Policy.load(file))
    tender = read_tender(file.parent if file.name == "tender.toml" else file, chosen)
    return publication_findings(tender.policy, tender.notice.category)
