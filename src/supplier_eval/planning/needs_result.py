"""Needs as they were assessed: figures, verdicts, who could have turned one (§2.1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from supplier_eval.errors import UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, message
from supplier_eval.planning.plan import PlanningPlan
from supplier_eval.planning.said_amounts import points_text
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

Verdict: TypeAlias = Literal["candidate", "not_feasible", "not_necessary", "undecided"]


@dataclass(frozen=True)
class NeedAssessment(Shown):
    """One need.

    Parameters
    ----------
    need : str
        Id.
    texts : mapping
        ``title department category scope quality next_review`` as given.
    necessity, feasibility : float or None
        0-100; None where nobody marked.
    verdict : {"candidate", "not_feasible", "not_necessary", "undecided"}
        ``undecided`` while fewer people marked than the plan asks for.
    would_be : str
        The verdict of those who did mark.
    by_person : mapping
        Person -> (necessity, feasibility) by their marks alone.
    values : mapping
        Criterion -> mean value on 0-100.
    decided_by : tuple of str
        People without any one of whom the verdict would be another.
    """

    need: str
    texts: Mapping[str, str]
    necessity: float | None
    feasibility: float | None
    verdict: Verdict
    would_be: Verdict
    by_person: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)
    decided_by: tuple[str, ...] = ()

    def explain(self, plan: PlanningPlan, lang: Lang = "en") -> str:
        """Say how the need came to its verdict, in sentences."""
        facts: dict[str, object] = {"need": self.need, "title": self.texts["title"], "people": len(self.by_person)}
        if self.necessity is None or self.feasibility is None:
            return message("planning.need.unmarked", lang, **facts)
        facts |= {"necessity": points_text(self.necessity, 1), "feasibility": points_text(self.feasibility, 1)}
        facts |= {"line_n": f"{plan.lines.necessity:f}", "line_f": f"{plan.lines.feasibility:f}"}
        said = [message(f"planning.need.{self.would_be}", lang, **facts)]
        if self.verdict == "undecided":
            said.append(message("planning.need.undecided", lang, asked=plan.assessors, **facts))
        if self.decided_by:
            people = ("、" if lang == "zh" else ", ").join(self.decided_by)
            said.append(message("planning.need.one_person", lang, who=people))
        return (" " if lang == "en" else "").join(said)


@dataclass(frozen=True)
class NeedAssessments(Shown):
    """All needs, in canonical order, under one plan."""

    needs: tuple[NeedAssessment, ...]
    plan: PlanningPlan = field(repr=False)

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the plan."""
        return self.plan.fingerprint

    @property
    def standing(self) -> Literal["binding", "exploratory"]:
        """Binding under a plan that was adopted."""
        return self.plan.standing

    def need(self, need: str) -> NeedAssessment:
        """Give one need.

        Raises
        ------
        UnknownName
            Where there is none of this id.
        """
        for one in self.needs:
            if id_key(one.need) == id_key(str(need)):
                return one
        raise UnknownName("need", str(need), tuple(one.need for one in self.needs))

    def to_frame(self) -> pd.DataFrame:
        """One row a need: ``need title department category necessity feasibility people verdict decided_by``.

        Figures on 0-100, NaN where nobody marked; `decided_by` joined by ``|``.
        """
        import pandas as pd

        columns = ["need", "title", "department", "category", "necessity", "feasibility", "people", "verdict"]
        rows = [
            (
                *(one.need, *(one.texts[name] for name in columns[1:4])),
                *(one.necessity, one.feasibility, len(one.by_person), one.verdict, "|".join(one.decided_by)),
            )
            for one in self.needs
        ]
        table = pd.DataFrame(rows, columns=[*columns, "decided_by"])
        return table.astype({"necessity": "float64", "feasibility": "float64", "people": "int64"})

    def people_frame(self) -> pd.DataFrame:
        """Figures by each person's marks alone: ``need person necessity feasibility``."""
        import pandas as pd

        rows = [(one.need, person, *own) for one in self.needs for person, own in one.by_person.items()]
        return pd.DataFrame(rows, columns=["need", "person", "necessity", "feasibility"])

    def explain(self, need: str | None = None, lang: Lang = "en") -> str:
        """Say how a need, or every need, came to its verdict."""
        asked = self.needs if need is None else (self.need(need),)
        return "\n".join(one.explain(self.plan, lang) for one in asked)

    def __repr__(self) -> str:
        counted = {name: sum(one.verdict == name for one in self.needs) for name in ("candidate", "undecided")}
        return f"NeedAssessments({len(self.needs)} needs; {counted['candidate']} candidates; {self.standing})"
