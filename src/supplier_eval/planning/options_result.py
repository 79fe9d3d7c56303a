"""Options compared: the score sheet, the order, who stands alone, how firm it is against the costs (§2.2.2)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.errors import UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, message
from supplier_eval.planning.costs_result import OptionCosts
from supplier_eval.planning.plan import PlanningPlan
from supplier_eval.planning.said_amounts import points_text, share_text
from supplier_eval.rank.points import PointsRanking, rank_points
from supplier_eval.score.sheet import ScoreSheet
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class OptionComparison(Shown):
    """The comparison of one plan.

    Parameters
    ----------
    sheet : ScoreSheet
        Values of options × criteria on 0-100; ask it every question of ``se.robustness``.
    costs : OptionCosts or None
        Behind the criterion of cost.
    by_person : mapping
        Person → option → total by that person's marks alone, to nine decimals.
    first_in_worlds : mapping
        Option → (share, standard error) of the drawn worlds of cost in which it is first; empty without costs.
    first_by_formula : mapping
        Price formula → options that are first by it, all else the same; empty without costs.
    """

    sheet: ScoreSheet = field(repr=False)
    costs: OptionCosts | None = field(repr=False)
    plan: PlanningPlan = field(repr=False)
    by_person: Mapping[str, Mapping[str, float]] = field(repr=False)
    first_in_worlds: Mapping[str, tuple[float, float]] = field(repr=False)
    first_by_formula: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)

    @cached_property
    def ranking(self) -> PointsRanking:
        """The order by the plan's weights; options with equal totals share their rank."""
        return rank_points(self.sheet)

    @property
    def first(self) -> tuple[str, ...]:
        """The options on the first place."""
        return self.ranking.winners

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the plan."""
        return self.plan.fingerprint

    @property
    def standing(self) -> Literal["binding", "exploratory"]:
        """Binding under a plan that was adopted."""
        return self.plan.standing

    @property
    def dissenting(self) -> tuple[str, ...]:
        """People by whose marks alone another option is first."""
        first = set(self.first)
        return tuple(
            person
            for person, totals in self.by_person.items()
            if not first & {option for option, total in totals.items() if total == max(totals.values())}
        )

    def to_frame(self) -> pd.DataFrame:
        """One row an option, best first: ``option kind rank total margin``, criteria, ``present_value first_share``.

        Under a criterion stand its points (value × weight), which add up to the total. `present_value` is the likely
        one in the plan's currency, `first_share` the share of drawn worlds in which the option is first; NaN without
        costs.
        """
        import pandas as pd

        table = self.ranking.to_frame().rename(columns={"bid": "option"})
        kinds = {one.id: one.kind for one in self.plan.options}
        names = [one.id for one in self.plan.criteria]
        table.insert(1, "kind", table["option"].map(kinds))
        costs = {} if self.costs is None else {one.option: one.likely for one in self.costs.options}
        shares = {option: share for option, (share, _) in self.first_in_worlds.items()}
        kept = table[["option", "kind", "rank", "total", "margin", *names]].copy()
        kept["present_value"] = pd.Series([costs.get(one) for one in kept["option"]], dtype="float64")
        kept["first_share"] = pd.Series([shares.get(one) for one in kept["option"]], dtype="float64")
        return kept

    def people_frame(self) -> pd.DataFrame:
        """Total of every option by each person's marks alone: ``person option total``."""
        import pandas as pd

        rows = [(person, option, total) for person, own in self.by_person.items() for option, total in own.items()]
        return pd.DataFrame(rows, columns=["person", "option", "total"])

    def explain(self, option: str | None = None, lang: Lang = "en") -> str:
        """Say how the options came to their order, and how firm it is against people and costs."""
        table = self.to_frame()
        known = {id_key(one): one for one in table["option"]}
        if option is not None and id_key(str(option)) not in known:
            raise UnknownName("option", str(option), tuple(table["option"]))
        asked = table if option is None else table[table["option"] == known[id_key(str(option))]]
        said = [self._said(row, lang) for row in asked.to_dict("records")]
        comma = "、" if lang == "zh" else ", "
        if option is None and self.dissenting:
            said.append(message("planning.options.dissent", lang, who=comma.join(self.dissenting)))
        if option is None and self.sheet.relative:
            others = [f"{name} ({comma.join(best)})" for name, best in self.first_by_formula.items()
                      if not set(self.first) & set(best)]  # fmt: skip
            code = "planning.options.other_formula" if others else "planning.options.every_formula"
            said.append(message(code, lang, formula=self.plan.cost_formula, others=comma.join(others)))
        return "\n".join(said)

    def _said(self, row: Mapping[Hashable, Any], lang: Lang) -> str:
        option = str(row["option"])
        parts = ("；" if lang == "zh" else "; ").join(
            f"{one.name.say(lang) or one.id} {points_text(row[one.id], 2)}" for one in self.plan.criteria
        )
        facts = {
            "option": option,
            "rank": row["rank"],
            "n": len(self.plan.options),
            "total": points_text(row["total"], 2),
        }
        line = message("planning.options.place", lang, parts=parts, **facts)
        if option not in self.first_in_worlds:
            return line
        share, error = self.first_in_worlds[option]
        draws = 0 if self.costs is None else self.costs.draws
        more = message("planning.options.worlds", lang, share=share_text(share, error, draws, lang))
        return line + ("" if lang == "zh" else " ") + more

    def __repr__(self) -> str:
        totals = ", ".join(f"{row.option} {row.total:.2f}" for row in self.to_frame().itertuples())
        return f"OptionComparison({totals}; {self.standing})"
