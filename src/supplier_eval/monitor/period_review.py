"""The review of one period: everybody's scorecard, rank, grade and proposal (§3.3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.errors import UnknownName
from supplier_eval.flags import Reason
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, known_language, message, sentences
from supplier_eval.monitor.consequences import Proposal
from supplier_eval.monitor.grade_history import Step, history_frame
from supplier_eval.monitor.past_table import Basis, past_table
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.scorecard import RAW, SHRUNKEN, Scorecard, ScoreLine, Total
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from supplier_eval.monitor.plan import ReviewPlan


COLUMNS = (
    *("period", "supplier", "rated", "unrated", "coverage", "in_force"),
    *("score", "score_lower", "score_upper", "score_error"),
    *("band", "grade", "grade_before", "grade_changed", "grade_why", "band_probability"),
    *("comparison", "comparison_lower", "comparison_upper", "comparison_error"),
    *("rank", "rank_lower", "rank_upper", "rank_expected", "rank_expected_error", "first_probability", "first_error"),
    *("action", "look_again", "events", "score_basis", "comparison_basis", "standing"),
)


@dataclass(frozen=True, eq=False)
class PeriodReview(Shown):
    """What a review of one period says.

    Parameters
    ----------
    plan : ReviewPlan
        By which it was reviewed.
    period : str
        Label.
    span : Period or None
        Its days; None where the label does not say them.
    cards : tuple of Scorecard
        By supplier, in canonical order; who was not rated is there too.
    proposals : tuple of Proposal
        In the same order; empty where the plan states no consequences.
    steps : tuple of Step
        Grades of this and all periods before that were given, earliest first.
    kpis : DataFrame
        The measured figures of the period that were reviewed.
    reasons : tuple of Reason
        Why the review is exploratory; empty where it is binding.
    seed : int
        Of the draws.
    """

    plan: ReviewPlan
    period: str
    span: Period | None
    cards: tuple[Scorecard, ...]
    proposals: tuple[Proposal, ...]
    steps: tuple[Step, ...]
    kpis: pd.DataFrame
    reasons: tuple[Reason, ...]
    seed: int

    @property
    def standing(self) -> Literal["binding", "exploratory"]:
        """Binding only with an adopted plan whose fingerprint is the agreed one."""
        return "exploratory" if self.reasons else "binding"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the plan."""
        return self.plan.fingerprint

    @property
    def suppliers(self) -> tuple[str, ...]:
        """Ids, in canonical order."""
        return tuple(card.supplier for card in self.cards)

    @property
    def scorecards(self) -> Mapping[str, Scorecard]:
        """Scorecards by supplier."""
        return MappingProxyType({card.supplier: card for card in self.cards})

    def __getitem__(self, supplier: str) -> Scorecard:
        for card in self.cards:
            if isinstance(supplier, str) and id_key(card.supplier) == id_key(supplier):
                return card
        raise UnknownName("supplier", supplier, self.suppliers)

    @property
    def grades(self) -> pd.DataFrame:
        """Grades after this period and what is being counted, one row a supplier (`grade_history.COLUMNS`)."""
        return history_frame(self.steps[-1:])

    @property
    def history(self) -> pd.DataFrame:
        """Grades of this and all periods before that were given, earliest first; columns as `grades`."""
        return history_frame(self.steps)

    def to_frame(self) -> pd.DataFrame:
        """One row a supplier, in canonical order.

        Columns: ``period supplier rated unrated coverage in_force`` (shares 0-1) · basis ``raw, contract``: ``score``
        (rounded), ``score_lower score_upper score_error`` (points) · ``band grade grade_before
        grade_changed grade_why`` · ``band_probability`` (that the true score lies in the band of the grade) · basis
        ``shrunken, comparison``: ``comparison comparison_lower comparison_upper comparison_error`` · ``rank rank_lower
        rank_upper rank_expected rank_expected_error first_probability first_error`` (of the draws) · ``action
        look_again events`` · ``score_basis comparison_basis standing``. Scores and ranks are missing where not rated.
        """
        import pandas as pd

        proposals = {one.supplier: one for one in self.proposals}
        rows = [self._row(card, proposals.get(card.supplier)) for card in self.cards]
        return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(COLUMNS[20:23], "Int64"))

    def _row(self, card: Scorecard, proposal: Proposal | None) -> dict[str, Any]:
        import pandas as pd

        state, places = card.state, card.places
        shares = card.raw.grade_shares if card.raw is not None else {}
        row: dict[str, Any] = {"period": card.period, "supplier": card.supplier, "rated": card.rated}
        row |= {"unrated": card.unrated, "coverage": float(card.coverage), "in_force": card.in_force}
        row |= _total("score", card.raw)
        row |= {"band": state.band if state else "", "grade": card.grade, "grade_before": state.before if state else ""}
        row |= {"grade_changed": bool(state and state.changed), "grade_why": state.why if state else ""}
        row |= {"band_probability": shares.get(card.grade, float("nan")), **_total("comparison", card.comparison)}
        for name, figure in (("rank", "rank"), ("rank_lower", "lower"), ("rank_upper", "upper")):
            row[name] = pd.NA if places is None else getattr(places, figure)
        drawn = {"rank_expected": "expected", "rank_expected_error": "expected_error"}
        drawn |= {"first_probability": "first", "first_error": "first_error"}
        row |= {name: float("nan") if places is None else getattr(places, own) for name, own in drawn.items()}
        row |= {"action": proposal.action if proposal else "", "look_again": bool(proposal and proposal.look_again)}
        row |= {"events": len(card.events), "score_basis": RAW, "comparison_basis": SHRUNKEN}
        return row | {"standing": self.standing}

    def lines_frame(self) -> pd.DataFrame:
        """One row a supplier and KPI, as `Scorecard.to_frame`."""
        import pandas as pd

        if not self.cards:
            return pd.DataFrame(columns=["period", "supplier", *ScoreLine.__dataclass_fields__])
        return pd.concat([card.to_frame() for card in self.cards], ignore_index=True)

    def probabilities_frame(self) -> pd.DataFrame:
        """Probability of every grade's band: ``period supplier basis grade probability`` (0-1, no draws)."""
        import pandas as pd

        rows = [
            (card.period, card.supplier, total.basis, grade, share)
            for card in self.cards
            for total in (card.raw, card.comparison)
            if total is not None
            for grade, share in total.grade_shares.items()
        ]
        return pd.DataFrame(rows, columns=["period", "supplier", "basis", "grade", "probability"])

    def proposals_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """One row a proposal.

        Columns: ``period supplier grade action by_grade look_again reason basis status approver from_day expires
        appeal_until appeal_to``; the days are missing where the plan states none.
        """
        import pandas as pd

        names = ["period", "supplier", "grade", "action", "by_grade", "look_again"]
        after = ["basis", "status", "approver", "from_day", "expires", "appeal_until", "appeal_to"]
        rows = [
            [
                *(getattr(one, name) for name in names),
                sentences((reason.say(lang) for reason in one.reasons), lang),
                *(getattr(one, name) for name in after),
            ]
            for one in self.proposals
        ]
        return pd.DataFrame(rows, columns=[*names, "reason", *after])

    def past_table(
        self, *, basis: Basis = "comparison", bidders: Iterable[str] | Mapping[str, str] | None = None
    ) -> pd.DataFrame:
        """Give the scores as the intake table ``past`` of the next tender, see `supplier_eval.monitor.past_table`."""
        return past_table(self, basis=basis, bidders=bidders)

    def explain(self, supplier: str, lang: Lang = "en") -> str:
        """Say how one supplier's score, grade, rank and proposal came about."""
        known_language(lang)
        card = self[supplier]
        proposal = next((one for one in self.proposals if one.supplier == card.supplier), None)
        lines = [card.explain(lang), *([proposal.explain(lang)] if proposal else [])]
        return "\n".join([*lines, self.standing_words(lang)])

    def standing_words(self, lang: Lang = "en") -> str:
        """Say whether the review is binding, and why not."""
        known_language(lang)
        if not self.reasons:
            return message("review.binding", lang)
        why = [reason.say(lang) for reason in self.reasons]
        return message("review.exploratory", lang, why=sentences(why, lang))

    def __repr__(self) -> str:
        rated = sum(card.rated for card in self.cards)
        return f"PeriodReview({self.period}: {rated} of {len(self.cards)} suppliers rated; {self.standing})"


def _total(name: str, total: Total | None) -> dict[str, float]:
    """Rounded total, interval and error of one basis; NaN where not rated."""
    nan = float("nan")
    spread = None if total is None else total.spread
    return {
        name: nan if total is None else float(total.score),
        f"{name}_lower": nan if spread is None else spread.lower,
        f"{name}_upper": nan if spread is None else spread.upper,
        f"{name}_error": nan if spread is None else spread.error,
    }
