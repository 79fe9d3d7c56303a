"""How firm is the winner of a lot: every question asked once, and the verdict in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from supplier_eval.flags import Reason
from supplier_eval.messages import LANGS, Lang, message
from supplier_eval.rank.asked import asked_together, asked_whole
from supplier_eval.robustness.acceptability_front import rank_acceptability
from supplier_eval.robustness.acceptability_result import Acceptability
from supplier_eval.robustness.block import LotBlock
from supplier_eval.robustness.change_front import SmallestChange, smallest_change
from supplier_eval.robustness.exact_front import ExactAcceptability, exact_acceptability
from supplier_eval.robustness.exact_shares import MOST_FREE
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.optimality_front import potential_optimality
from supplier_eval.robustness.panel_influence import PanelInfluence, panel_influence
from supplier_eval.robustness.reversal import RankReversal, reversal_of
from supplier_eval.robustness.stability_front import WeightStability, weight_stability
from supplier_eval.robustness.top_level_sheet import inside_top, top_level
from supplier_eval.robustness.uncertain_tender import draws_of
from supplier_eval.robustness.verdict import Verdict, verdict
from supplier_eval.robustness.verdict_figures import Room, Share, VerdictFigures
from supplier_eval.robustness.verdict_figures import SmallestChange as Distance
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender
    from supplier_eval.score.order import FloatArray


@dataclass(frozen=True, eq=False)
class RobustnessStudy(Shown):
    """Everything that was asked about the winner of one lot.

    Weights of the top criteria vary; their leaves keep the published proportions (`top_level`). The intervals of
    `stability` go down to every criterion.

    Parameters
    ----------
    lot : str
        Lot id.
    block : LotBlock
        The lot as evaluated.
    stability : WeightStability
        Exact interval of every criterion's weight.
    change : SmallestChange
        Smallest change of the top weights, in the largest change of one weight.
    ball : Acceptability
        The headline: the declared ball around the published weights, together with the uncertainty of the marks.
    ball_weights : Acceptability
        The same ball with the marks as given.
    whole : Acceptability
        All weights whatever: background.
    exact : ExactAcceptability or None
        Exact first-rank shares in the ball, where it has no more than six free weights and is linear.
    influence : PanelInfluence
        The panel without each member.
    reversal : RankReversal
        Bids that should not matter.
    verdict : Verdict
        In words, with the rule that led to it.
    """

    lot: str
    block: LotBlock
    stability: WeightStability
    change: SmallestChange
    ball: Acceptability
    ball_weights: Acceptability
    whole: Acceptability
    exact: ExactAcceptability | None
    influence: PanelInfluence
    reversal: RankReversal
    verdict: Verdict
    standing: Literal["exploratory"] = "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the tender's policy."""
        return self.block.tender.policy.fingerprint

    @cached_property
    def potential(self) -> Any:  # noqa: ANN401 - PotentialOptimality
        """Which bids could be first under some weights of the top criteria."""
        return potential_optimality(self.ball.scored.sheet, region="simplex")

    def explain(self, lang: Lang = "en") -> str:
        """Give the verdict, then each question with its answer."""
        parts: list[tuple[str, str]] = [
            ("verdict", self.verdict.explain(lang)),
            ("stability", self.stability.explain(lang)),
            ("change", self.change.explain(lang)),
            ("ball", self.ball.explain(lang)),
        ]
        if self.exact is not None:
            parts.append(("exact", self.exact.explain(lang)))
        parts += [("influence", self.influence.explain(lang)), ("reversal", self.reversal.explain(lang))]
        return "\n\n".join(f"{message(f'study.{name}', lang)}\n{said}" for name, said in parts)

    def to_dict(self) -> dict[str, Any]:
        """Give the study as plain data, the document of ``robustness --format json``."""
        frames = {
            "weight_stability": self.stability.to_frame(),
            "smallest_change": self.change.to_frame(),
            "rank_acceptability": self.ball.to_frame(),
            "rank_acceptability_weights_only": self.ball_weights.to_frame(),
            "rank_acceptability_all_weights": self.whole.to_frame(),
            "panel": self.influence.to_frame(),
            "rank_reversal": self.reversal.to_frame(),
        }
        if self.exact is not None:
            frames["exact_acceptability"] = self.exact.to_frame()
        return {
            "lot": self.lot,
            "standing": self.standing,
            "policy_fingerprint": self.policy_fingerprint,
            "winners": list(self.influence.winners),
            "verdict": {
                "level": self.verdict.level,
                "rule": self.verdict.rule,
                **{lang: self.verdict.explain(lang) for lang in LANGS},
            },
            "random_reversal": {"probability": self.reversal.probability, "error": self.reversal.error},
            **{name: plain_data(frame.to_dict("records")) for name, frame in frames.items()},
        }

    def __repr__(self) -> str:
        return f"RobustnessStudy(lot {self.lot!r}: {self.verdict!r})"


def robustness_study(tender: Tender, lot: str | None = None, *, draws: int = 4096, seed: int = 0) -> RobustnessStudy:
    """Ask everything about how firmly the winner of a lot stands.

    Parameters
    ----------
    tender : Tender
        As evaluated.
    lot : str, optional
        Lot id; may be left out where there is only one.
    draws : int
        Draws of weights and marks.
    seed : int
        Of everything that is drawn.

    Returns
    -------
    RobustnessStudy
        Exploratory; it stays out of the evaluation report unless asked for.

    Raises
    ------
    SeveralLots, UnknownName
        If the lot is not named, or does not exist.
    InvalidInput
        If it is no tender, the lot has no order to question, or `draws` or `seed` is no whole number.

    Examples
    --------
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> study = se.robustness.robustness_study(tender, draws=512)
    >>> study.verdict
    Verdict('ATI OPERA': firm, by verdict.none_fired; 0 rules apply)
    """
    asked_together(lambda: asked_whole(draws, "draws", 1), lambda: asked_whole(seed, "seed"))
    block = lot_block(tender, lot)
    sheet = block.result.sheet
    top = top_level(sheet)
    rule = tender.policy.robustness
    region: Mapping[str, object] = {"ball": float(rule.radius), "norm": rule.norm}
    leaves, inside = draws_of(block), inside_top(sheet)

    def marks(rng: np.random.Generator, n: int) -> FloatArray:
        return np.ascontiguousarray(np.einsum("tl,lbn->tbn", inside, leaves(rng, n)))

    parts: dict[str, Any] = {
        "stability": weight_stability(sheet),
        "change": smallest_change(top, norm="max"),
        "ball": rank_acceptability(top, draws, region, seed, draw_values=marks),
        "ball_weights": rank_acceptability(top, draws, region, seed),
        "whole": rank_acceptability(top, draws, "simplex", seed),
        "exact": _exact(top.criteria, rule.norm, lambda: exact_acceptability(top, region)),
        "influence": panel_influence(block),
        "reversal": reversal_of(block, seed=seed),
    }
    judged = verdict(_figures(parts, 100 * float(rule.radius)), policy_fingerprint=tender.policy.fingerprint)
    return RobustnessStudy(lot=block.lot, block=block, verdict=judged, **parts)


def _exact(criteria: tuple[str, ...], norm: str, ask: Any) -> ExactAcceptability | None:  # noqa: ANN401 - a call
    """Exact shares where the region is linear and small enough."""
    return ask() if norm != "euclidean" and len(criteria) - 1 <= MOST_FREE else None


def _figures(parts: Mapping[str, Any], ball: float) -> VerdictFigures:
    """The plain figures of the verdict."""
    stability: WeightStability = parts["stability"]
    scored = stability.scored
    order = scored.ranking.order
    after = [bid for bid in order if scored.ranking.rank_of(bid) > 1]
    change: SmallestChange = parts["change"]
    nearest = change.nearest
    reversal: RankReversal = parts["reversal"]
    exact: ExactAcceptability | None = parts["exact"]
    in_ball = (
        _share(parts["ball_weights"], scored.winner)
        if exact is None
        else Share(min(max(exact.first_of(scored.winner), 0.0), 1.0))
    )
    issues = (Reason("study.values_move"),) if scored.weights_move_values else ()
    return VerdictFigures(
        winner=scored.winner,
        runner_up=after[0] if after else None,
        margin=scored.margin,
        rounding_step=scored.rounding_step,
        tied_with=scored.winners[1:],
        rooms=tuple(
            Room(*(scored.label(line.node.id), line.room, _challenger(line)), scored.label(line.node.id, "zh"))
            for line in stability.nodes
            if line.movable
        ),
        smallest_change=Distance(
            math.inf if nearest is None else nearest.size("max"), "" if nearest is None else nearest.bid, "max"
        ),
        acceptability=in_ball,
        acceptability_with_marks=_share(parts["ball"], scored.winner),
        ball=ball,
        decided_by_one_evaluator=parts["influence"].deciders,
        reversal=tuple(e.bid for e in reversal.reversals if e.change == "removed"),
        open_issues=issues,
    )


def _challenger(line: Any) -> str:  # noqa: ANN401 - NodeStability
    near = line.challengers_low if line.room_down <= line.room_up else line.challengers_high
    return ", ".join(near or line.challengers_low or line.challengers_high)


def _share(found: Acceptability, bid: str) -> Share:
    b = found.bids.index(bid)
    return Share(float(found.first[b]), float(found.errors[b, 0]))


def plain_data(data: Any) -> Any:  # noqa: ANN401 - recursion over plain data
    """What JSON can say: no NaN, no infinity, no ``<NA>`` or ``NaT``, no numpy."""
    if isinstance(data, dict):
        return {str(key): plain_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [plain_data(value) for value in data]
    if isinstance(data, np.generic):
        data = data.item()
    if type(data).__name__ in {"NAType", "NaTType"} or (isinstance(data, float) and not math.isfinite(data)):
        return None
    return data if data is None or isinstance(data, bool | int | float | str) else str(data)
