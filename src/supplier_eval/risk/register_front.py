"""The risk register: what may go wrong, who owns it, what it may cost, what is unknown, what moved.

Clauses of the policy (§1.3.3, §6.1.1, §6.1.2, §6.3.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, Self

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.intake.identifiers import id_key, normalise_id
from supplier_eval.messages import Lang, message
from supplier_eval.risk.explained import asked_of, overview
from supplier_eval.risk.indicator_history import asked_day
from supplier_eval.risk.matrix import RiskMatrix
from supplier_eval.risk.records import ARGUMENTS, asked
from supplier_eval.risk.register_entries import STAGES, RegisteredRisk, Stage, money_text
from supplier_eval.risk.register_frames import group_rows, history_rows, moved_rows, risk_rows
from supplier_eval.risk.register_reading import CATEGORIES, read_risks, register_notes
from supplier_eval.risk.register_tables import RATING_COLUMNS, RATINGS, RISK_COLUMNS, RISKS, as_in_files, open_tables
from supplier_eval.risk.said_figures import figure_text
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

GROUPS = ("category", "supplier", "contract", "owner")


@dataclass(frozen=True, eq=False)
class RiskRegister(Shown):
    """All risks on one day; built by `read`.

    Parameters
    ----------
    risks : mapping
        Id -> `RegisteredRisk`, in canonical order.
    as_of : date
        The day.
    currency : str
        Of all money in it.
    categories : tuple of str
        The policy's five, information security, continuity, and the company's own.
    matrix : RiskMatrix or None
        Scales that every level was checked against.
    later : int
        Ratings after the day, in no figure.
    notes : tuple of Finding
        Warnings that refuse nothing.
    """

    risks: Mapping[str, RegisteredRisk] = field(repr=False)
    as_of: date
    currency: str = ""
    categories: tuple[str, ...] = field(default=CATEGORIES, repr=False)
    matrix: RiskMatrix | None = field(default=None, repr=False)
    later: int = 0
    notes: tuple[Finding, ...] = field(default=(), repr=False)

    @classmethod
    def read(
        cls, source: object, *, as_of: object, categories: Sequence[str] = (), matrix: RiskMatrix | None = None
    ) -> Self:
        """Read a register and say everything that is wrong with it at once.

        Parameters
        ----------
        source : path or mapping
            A folder with ``risks.csv`` and ``ratings.csv`` (or .xlsx, .tsv, .parquet), a workbook with these sheets, or
            the tables by name. Their columns stand in docs/risk-register.md.
        as_of : date or str
            The day; ratings after it are counted and left out.
        categories : sequence of str
            The company's own, beside `CATEGORIES`.
        matrix : RiskMatrix, optional
            Scales: a likelihood or a mean impact outside them is refused.

        Returns
        -------
        RiskRegister

        Raises
        ------
        InvalidInput
            With every finding: tables or columns missing, a likelihood outside its scale, a lower bound above the upper
            one, several currencies, unknown categories, ratings of unknown risks, two of a day.
        """
        day, found = asked_day(as_of, "as_of")
        own = [categories] if isinstance(categories, str) or not isinstance(categories, Sequence) else list(categories)
        if any(not isinstance(one, str) or not normalise_id(one) for one in own):
            found.append(asked("asked.names", "categories", categories))
            own = []
        if matrix is not None and not isinstance(matrix, RiskMatrix):
            found.append(asked("asked.kind", "matrix", matrix, kind="RiskMatrix"))
            matrix = None
        added = {id_key(name): normalise_id(name) for name in own if id_key(name) not in CATEGORIES}
        known = (*CATEGORIES, *(added[key] for key in sorted(added)))
        tables = open_tables(source, {RISKS: RISK_COLUMNS, RATINGS: RATING_COLUMNS})
        risks, currency, later, wrong = read_risks(tables, day, known, matrix)
        if found + wrong:
            raise InvalidInput([*found, *as_in_files(wrong, tables)], "register")
        return cls(risks, day, currency, known, matrix, later, register_notes(risks))

    @property
    def standing(self) -> Literal["exploratory"]:
        """A rating binds nothing by itself."""
        return "exploratory"

    @property
    def not_assessed(self) -> tuple[str, ...]:
        """Risks whose current level is not known: neither the lowest nor the highest."""
        return tuple(key for key, one in self.risks.items() if one.state == "not_assessed")

    @property
    def reviews_overdue(self) -> tuple[str, ...]:
        """Risks that should have been looked at again, the longest overdue first."""
        late = [one for one in self.risks.values() if one.overdue]
        return tuple(one.risk for one in sorted(late, key=lambda one: -one.overdue))

    def losses_table(self, stage: Stage = "current") -> pd.DataFrame:
        """The table that `simulate_losses` and `exact_losses` take: risk, low, high, frequency, currency."""
        import pandas as pd

        levels = [(one.risk, one.level(_stage(stage))) for one in self.risks.values()]
        rows = [(key, lv.low, lv.high, lv.frequency, self.currency) for key, lv in levels]
        kinds = {"risk": "str", "low": "float64", "high": "float64", "frequency": "float64", "currency": "str"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def places_table(self, stage: Stage = "current") -> pd.DataFrame:
        """The table that `place_risks` takes: risk, likelihood (events a year), impact (mean loss of one event)."""
        import pandas as pd

        levels = [(one.risk, one.level(_stage(stage))) for one in self.risks.values()]
        kinds = {"risk": "str", "likelihood": "float64", "impact": "float64"}
        return pd.DataFrame([(key, lv.frequency, lv.impact) for key, lv in levels], columns=list(kinds)).astype(kinds)

    def to_frame(self) -> pd.DataFrame:
        """One row for each risk: by expected loss, those that are not assessed after them by age.

        Returns
        -------
        DataFrame
            ``risk``, ``name``, ``category``, ``supplier``, ``contract``, ``owner``, ``state``, ``knowledge``: str;
            ``inherent``, ``current``, ``target`` (expected loss a year, in the currency), ``frequency`` (events a
            year), ``low``, ``high`` (loss of one event): Float64, missing where not assessed; ``age``, ``overdue``
            (days): Int64; ``review_due``: datetime64.
        """
        return risk_rows(list(self.risks.values()))

    def by(self, group: str) -> pd.DataFrame:
        """Risks by category, supplier, contract or owner.

        Returns
        -------
        DataFrame
            The group: str, empty for none; ``risks``, ``assessed``, ``not_assessed``, ``oldest_not_assessed`` (days),
            ``weak_knowledge``, ``reviews_overdue``: Int64; ``expected_loss`` of the assessed ones: Float64, missing
            where none is.

        Raises
        ------
        UnknownName
            If it is no such column.
        """
        if group not in GROUPS:
            raise UnknownName("group", str(group), GROUPS)
        return group_rows(list(self.risks.values()), group, self.categories if group == "category" else ())

    def history_frame(self) -> pd.DataFrame:
        """One row for each rating: risk, on, by, frequency, low, high, expected_loss, knowledge, reason."""
        return history_rows(list(self.risks.values()))

    def moved(self, since: object) -> pd.DataFrame:
        """What is otherwise than it was on a day, and by what: likelihood or impact.

        Parameters
        ----------
        since : date or str
            Compared with the day of the register.

        Returns
        -------
        DataFrame
            Only risks that moved, the largest change first. ``risk``, ``change`` (``up``, ``down``, ``level`` for other
            figures with the same expected loss, ``newly_assessed``, ``not_assessed_any_more``), ``reason``: str;
            ``before``, ``now`` (expected loss a year), ``factor`` (now / before), and ``by_frequency`` and
            ``by_impact``, whose product is the factor: Float64.
        """
        day, found = asked_day(since, "since")
        if not found and day > self.as_of:
            found.append(
                Finding("register.since", ARGUMENTS, "since", value=str(day), facts={"as_of": str(self.as_of)})
            )
        if found:
            raise InvalidInput(found, "register")
        return moved_rows(list(self.risks.values()), day)

    def explain(self, risk: str | None = None, lang: Lang = "en") -> str:
        """Say what a risk may cost, on what knowledge, when it must be looked at again; without an id the overview.

        Raises
        ------
        UnknownName
            If there is no such risk.
        """
        risk, lang = asked_of("risk", risk, lang, self.risks)
        if risk is None:
            return overview("register", self, lang)
        one = self.risks[risk]
        facts: dict[str, object] = {"risk": one.name or one.risk, "owner": one.owner, "age": one.age}
        facts["currency"] = self.currency
        lines = []
        for stage in STAGES:
            level = one.level(stage)
            said = {"stage": message(f"register.stage.{stage}", lang)} | facts
            if level.assessed:
                said |= {name: money_text(getattr(level, name)) for name in ("low", "high", "expected_loss")}
                said["frequency"] = figure_text(level.frequency)
                lines.append(message("register.said.level", lang, **said))
            elif stage == "current":
                lines.append(message("register.said.not_assessed", lang, **said))
        if one.state == "assessed":
            knowledge = message(f"register.knowledge.{one.knowledge or 'unsaid'}", lang)
            lines.append(message("register.said.knowledge", lang, knowledge=knowledge, by=one.ratings[-1].by, **facts))
        if one.overdue:
            lines.append(message("register.said.overdue", lang, due=one.review_due, days=one.overdue, **facts))
        return "\n".join(lines)

    def __repr__(self) -> str:
        counts = f"{len(self.not_assessed)} not assessed, {len(self.reviews_overdue)} reviews overdue"
        return f"RiskRegister({self.as_of}: {len(self.risks)} risks, {counts})"


def _stage(given: object) -> Stage:
    if given not in STAGES:
        raise UnknownName("stage", given, STAGES)
    return given
