"""All that a folder of risks can be asked: register, matrix, responses, losses, suppliers, portfolio, indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.errors import Finding, UnknownName
from supplier_eval.integrity.screen_answers import records
from supplier_eval.messages import Lang, message
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.risk.concentration_result import Concentrations
    from supplier_eval.risk.fmea_front import FailureModes
    from supplier_eval.risk.indicator_backtest_result import IndicatorBacktests
    from supplier_eval.risk.indicator_watch import IndicatorWatch
    from supplier_eval.risk.kraljic_result import KraljicPortfolio
    from supplier_eval.risk.losses_result import AnnualLosses
    from supplier_eval.risk.matrix_front import MatrixCheck
    from supplier_eval.risk.matrix_places import PlacedRisks
    from supplier_eval.risk.measure_choice import MeasureChoice
    from supplier_eval.risk.measure_tails import TailComparison
    from supplier_eval.risk.rating_result import RiskRating
    from supplier_eval.risk.register_front import RiskRegister
    from supplier_eval.risk.response_front import RiskResponses

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "register": ("risks", "ratings"),
    "matrix": ("matrix.toml",),
    "places": ("risks", "ratings", "matrix.toml"),
    "failures": ("failure_modes",),
    "losses": ("risks", "ratings"),
    "responses": ("risks", "ratings", "measures"),
    "choice": ("risks", "ratings", "measures", "budget"),
    "tails": ("risks", "ratings", "measures", "budget"),
    "rating": ("suppliers",),
    "concentration": ("spend",),
    "portfolio": ("items", "[portfolio]"),
    "indicators": ("history", "indicators.toml"),
    "backtest": ("history", "indicators.toml", "incidents"),
}


@dataclass(frozen=True, eq=False)
class RiskAnswers(Shown):
    """The answers of one folder; None where what a question needs is not there.

    Parameters
    ----------
    folder : str
        Name of the folder.
    as_of : date
        The day.
    answers : mapping
        Question of `QUESTIONS` -> its result, only those that could be asked.
    left_out : mapping
        Question -> what is missing for it.
    unread : tuple of Finding
        Warnings about files and columns that no question reads.
    data_fingerprint : str
        Of the files; empty for answers that come from none.
    """

    folder: str
    as_of: date
    answers: Mapping[str, Any] = field(repr=False)
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: tuple[Finding, ...] = field(default=(), repr=False)
    data_fingerprint: str = field(default="", repr=False)

    @property
    def register(self) -> RiskRegister | None:
        """What may go wrong."""
        return self.answers.get("register")

    @property
    def matrix(self) -> MatrixCheck | None:
        """What the matrix is worth."""
        return self.answers.get("matrix")

    @property
    def places(self) -> PlacedRisks | None:
        """Where the risks lie on it."""
        return self.answers.get("places")

    @property
    def failures(self) -> FailureModes | None:
        """How steps of the service may fail, and which need action first."""
        return self.answers.get("failures")

    @property
    def losses(self) -> AnnualLosses | None:
        """What a year may cost, as rated today."""
        return self.answers.get("losses")

    @property
    def responses(self) -> RiskResponses | None:
        """What is left after the controls that count."""
        return self.answers.get("responses")

    @property
    def choice(self) -> MeasureChoice | None:
        """Which measures to buy."""
        return self.answers.get("choice")

    @property
    def tails(self) -> TailComparison | None:
        """What those measures do to bad years."""
        return self.answers.get("tails")

    @property
    def rating(self) -> RiskRating | None:
        """Suppliers by risk."""
        return self.answers.get("rating")

    @property
    def concentration(self) -> Concentrations | None:
        """What hangs on whom."""
        return self.answers.get("concentration")

    @property
    def portfolio(self) -> KraljicPortfolio | None:
        """The Kraljic positions."""
        return self.answers.get("portfolio")

    @property
    def indicators(self) -> IndicatorWatch | None:
        """Key risk indicators on the day."""
        return self.answers.get("indicators")

    @property
    def backtest(self) -> IndicatorBacktests | None:
        """Whether they would have warned."""
        return self.answers.get("backtest")

    @property
    def standing(self) -> Literal["exploratory"]:
        """Forecasts and ratings open cases; people rule. A rating by an adopted plan says its own standing."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the rating plan; empty where nobody was rated."""
        return "" if self.rating is None else self.rating.policy_fingerprint

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What is odd and refused nothing: files and columns that nobody reads, levels that contradict each other.

        Also rows that look like totals, and ratings of a portfolio that seem to be on another scale.
        """
        asked = (self.register, self.concentration, self.portfolio)
        return self.unread + tuple(note for result in asked if result is not None for note in result.notes)

    def to_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """One row a question.

        Returns
        -------
        DataFrame
            ``question``, ``missing`` (what it needs and the folder lacks, joined by ``|``), ``says`` (first line of the
            answer): str; ``answered``: bool.
        """
        import pandas as pd

        rows = []
        for name in QUESTIONS:
            lines = self.explain(name, lang).split("\n")
            rows.append((name, name in self.answers, "|".join(self.left_out.get(name, ())), lines[0]))
        frame = pd.DataFrame(rows, columns=["question", "answered", "missing", "says"])
        return frame.astype({"question": "str", "answered": "bool", "missing": "str", "says": "str"})

    def explain(self, question: str, lang: Lang = "en") -> str:
        """Answer one question in sentences, or say what it needs.

        Parameters
        ----------
        question : str
            One of `QUESTIONS`.
        lang : {"en", "zh"}
            Language.

        Raises
        ------
        UnknownName
            If there is no such question.
        """
        if question not in QUESTIONS:
            raise UnknownName("question", str(question), QUESTIONS)
        if question not in self.answers:
            between = "、" if lang == "zh" else ", "
            asked = message(f"risk_folder.question.{question}", lang)
            facts = {"missing": between.join(self.left_out.get(question, ("-",))), "question": asked}
            return message("risk_folder.left_out", lang, **facts)
        return "\n".join(_said(self, question, lang))

    def document(self, lang: Lang = "en") -> dict[str, Any]:
        """Everything as one document: standing, what was left out, a table or two for each question, sentences."""
        found: dict[str, Any] = {"folder": self.folder, "as_of": self.as_of.isoformat(), "standing": self.standing}
        found["policy_fingerprint"] = self.policy_fingerprint
        found["warnings"] = [finding.line(lang) for finding in self.warnings]
        found["left_out"] = {name: list(missing) for name, missing in self.left_out.items()}
        for name in self.answers:
            found[name] = {kind: records(frame) for kind, frame in self.frames(name, lang).items()}
            found[name]["says"] = self.explain(name, lang).split("\n")
        if self.losses is not None:
            found["losses"] |= {"years": self.losses.years, "seed": self.losses.seed}
        return found

    def frames(self, question: str, lang: Lang = "en") -> dict[str, pd.DataFrame]:
        """The tables behind an answer by name; none where it was left out.

        Raises
        ------
        UnknownName
            If there is no such question.
        """
        if question not in QUESTIONS:
            raise UnknownName("question", str(question), QUESTIONS)
        result = self.answers.get(question)
        if result is None:
            return {}
        tables = {"table": result.to_frame()}
        if question == "losses":
            tables |= {"risks": result.risks_frame(), "exceedance": result.exceedance()}
        for kind, more in _MORE.get(question, {}).items():
            tables[kind] = getattr(result, more)()
        if question == "indicators":
            tables["warnings"] = result.warnings_frame(lang)
        return tables

    def __repr__(self) -> str:
        left = f"; {len(self.left_out)} left out" if self.left_out else ""
        return f"RiskAnswers({self.folder}, {self.as_of}: {len(self.answers)} answers{left})"


_MORE: Mapping[str, Mapping[str, str]] = {
    "matrix": {"shares": "shares_frame"},
    "responses": {"measures": "measures_frame"},
    "rating": {"reasons": "reasons_frame"},
}


def _said(answers: RiskAnswers, question: str, lang: Lang) -> list[str]:
    """Sentences of an answer that is there."""
    from supplier_eval.risk.answer_words import SAY

    return SAY[question](answers.answers[question], lang)
