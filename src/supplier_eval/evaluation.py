"""The evaluation: the whole of one tender, lot by lot, with flags, standing and explanations (§1.3.1, §3.2.4)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import SeveralLots, UnknownName
from supplier_eval.flags import Flag, Reason
from supplier_eval.messages import LANGS, Lang
from supplier_eval.rank.comparison import Comparison, compare_bids
from supplier_eval.rank.points import PointsRanking
from supplier_eval.score.order import settle
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.tender import Tender
    from supplier_eval.qualify.gates import Qualification
    from supplier_eval.score.panel_front import PanelAgreement
    from supplier_eval.score.sheet import ScoreSheet, Standing


@dataclass(frozen=True)
class LotResult(Shown):
    """One lot: who was considered, what they scored, in what order they stand.

    Parameters
    ----------
    lot : str
        Lot id.
    qualification : Qualification
        Final: also with the bids that fell to a floor, a ceiling or a ruling.
    agreement : PanelAgreement or None
        How far the panel agrees; None where fewer than two members marked.
    """

    lot: str
    qualification: Qualification
    sheet: ScoreSheet
    ranking: PointsRanking
    agreement: PanelAgreement | None = None

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Everything for a person to look at, open and ruled."""
        return self.sheet.flags

    def __repr__(self) -> str:
        return f"LotResult({self.ranking!r}, {len(self.flags)} flags)"


@dataclass(frozen=True)
class Evaluation(Shown):
    """The result of `evaluate`.

    Parameters
    ----------
    tender : Tender
        What was evaluated.
    lots : mapping
        Lot id → LotResult, in the notice's order.
    """

    tender: Tender
    lots: Mapping[str, LotResult]

    @property
    def only_lot(self) -> LotResult:
        """The only lot; with several, an error that names them."""
        if len(self.lots) > 1:
            raise SeveralLots(self.lots)
        return next(iter(self.lots.values()))

    @property
    def ranking(self) -> PointsRanking:
        """The ranking of the only lot."""
        return self.only_lot.ranking

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Flags of all lots."""
        return tuple(flag for result in self.lots.values() for flag in result.flags)

    @cached_property
    def standing(self) -> Standing:
        """Binding only if every lot is."""
        all_binding = all(result.sheet.standing == "binding" for result in self.lots.values())
        return "binding" if all_binding else "exploratory"

    @cached_property
    def standing_reasons(self) -> tuple[Reason, ...]:
        """Why it is exploratory, each reason once."""
        return tuple(dict.fromkeys(r for result in self.lots.values() for r in result.sheet.standing_reasons))

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that was used."""
        return self.tender.policy.fingerprint

    def lot_of(self, bid: str) -> LotResult:
        """The lot that a bid belongs to."""
        for result in self.lots.values():
            if bid in result.qualification.names:
                return result
        raise UnknownName("bid", bid, self.tender.bids.index)

    def explain(self, bid: str, lang: Lang = "en") -> str:
        """Say how a bid came to its total and rank, or why it has none. For those inside the procedure."""
        result = self.lot_of(bid)
        said = [result.ranking.explain(bid, lang)]
        if result.ranking.rank_of(bid):
            said.append(result.sheet.explain(bid, lang))
            if result.sheet.prices is not None:
                said.append(result.sheet.prices.explain(bid, lang))
        laddered = bool(result.ranking.rank_of(bid)) and result.sheet.prices is not None
        told = ("prices.",) if laddered else ()  # the ladder has said these
        said += [flag.say(lang) for flag in result.flags if flag.bid == bid and not flag.code.startswith(told)]
        return "\n".join(said)

    def compare(self, first: str, second: str) -> Comparison:
        """Put two bids of one lot side by side, see `Comparison`."""
        return compare_bids(self.lot_of(first).ranking, first, second)

    def to_frame(self) -> pd.DataFrame:
        """Rankings of all lots below each other: ``lot`` and the columns of `PointsRanking.to_frame`."""
        import pandas as pd

        frames = []
        for lot, result in self.lots.items():
            frame = result.ranking.to_frame()
            frame.insert(0, "lot", lot)
            frames.append(frame)
        return pd.concat(frames, ignore_index=True)

    def to_dict(self) -> dict[str, Any]:
        """Give the evaluation as plain data, the document of ``--format json``."""
        notice = self.tender.notice
        return {
            "tender": {
                "id": notice.id,
                "title": {lang: notice.title.say(lang) for lang in LANGS},
                "fingerprint": self.tender.fingerprint,
            },
            "policy": {
                "name": self.tender.policy.name,
                "version": self.tender.policy.version,
                "regime": self.tender.policy.regime,
                "fingerprint": self.policy_fingerprint,
            },
            "standing": self.standing,
            "standing_reasons": [_said(reason) for reason in self.standing_reasons],
            "lots": [_lot_dict(result) for result in self.lots.values()],
            "flags": [_flag_dict(flag) for flag in self.flags],
        }

    def __repr__(self) -> str:
        n = len(self.tender.bids)
        return f"Evaluation({self.tender.notice.id!r}: {len(self.lots)} lots, {n} bids, {self.standing})"


def _said(what: Reason | Flag) -> dict[str, str]:
    return {"code": what.code, **{lang: what.say(lang) for lang in LANGS}}


def _lot_dict(result: LotResult) -> dict[str, Any]:
    ranking, sheet = result.ranking, result.sheet
    out = [bid for bid in result.qualification.bids if result.qualification.reasons.get(bid)]
    return {
        "id": result.lot,
        "stopped": _said(ranking.stopped) if ranking.stopped is not None else None,
        "ranking": [_bid_dict(result, bid) for bid in ranking.order],
        "candidates": list(ranking.candidates()),
        "withdrawn": list(ranking.withdrawn),
        "tied": [list(group) for group in ranking.tied],
        "disqualified": [
            {
                "bid": bid,
                "name": result.qualification.names[bid],
                "reasons": [_said(reason) for reason in result.qualification.reasons[bid]],
            }
            for bid in out
        ],
        "relative": sheet.relative,
        "technical_rescaled_by": sheet.factor,
    }


def _bid_dict(result: LotResult, bid: str) -> dict[str, Any]:
    ranking, sheet = result.ranking, result.sheet
    prices = sheet.prices
    evaluated = prices.evaluated.get(bid) if prices is not None else None
    margin = ranking.margins[bid]
    return {
        "bid": bid,
        "name": sheet.names[bid],
        "total": float(settle(ranking.total_of(bid))),
        "rank": ranking.rank_of(bid),
        "margin": None if math.isnan(margin) else margin,
        "evaluated_price": None if evaluated is None else str(evaluated),
        "criteria": {name: float(settle(p)) for name, p in ranking.criteria_points(bid).items()},
        "values": {name: float(settle(sheet.value_of(name, bid))) for name in sheet.criteria},
    }


def _flag_dict(flag: Flag) -> dict[str, Any]:
    ruling = flag.ruling
    return {
        **_said(flag),
        "lot": flag.lot,
        "bid": flag.bid,
        "evaluator": flag.evaluator,
        "criterion": flag.criterion,
        "figure": flag.figure,
        "threshold": flag.threshold,
        "clause": flag.clause,
        "state": flag.state,
        "ruling": None if ruling is None else {"by": ruling.by, "on": ruling.on.isoformat(), "reason": ruling.reason},
    }
