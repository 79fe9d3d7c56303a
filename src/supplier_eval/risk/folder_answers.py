"""Ask everything of a folder of risks with one call; what a missing table leaves unanswered is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.file_prints import files_fingerprint
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.answers import QUESTIONS, RiskAnswers
from supplier_eval.risk.concentration_front import concentration
from supplier_eval.risk.dated import as_day
from supplier_eval.risk.fmea_front import rate_failure_modes
from supplier_eval.risk.folder_tables import INDICATORS, MATRIX, PLAN, SETTINGS, RiskFolder, opened
from supplier_eval.risk.indicator_backtest import backtest_indicators
from supplier_eval.risk.indicator_front import watch_indicators
from supplier_eval.risk.kraljic_front import kraljic
from supplier_eval.risk.loss_register import judge_shocks
from supplier_eval.risk.losses import YEARS, simulate_losses
from supplier_eval.risk.matrix_front import check_matrix
from supplier_eval.risk.matrix_places import place_risks
from supplier_eval.risk.measure_choice import choose_measures
from supplier_eval.risk.measure_tails import compare_tails
from supplier_eval.risk.rating_front import rate_risks
from supplier_eval.risk.records import ARGUMENTS, as_figure
from supplier_eval.risk.register_front import RiskRegister
from supplier_eval.risk.register_tables import as_in_files
from supplier_eval.risk.response_front import assess_responses
from supplier_eval.risk.response_records import read_measures, read_responses
from supplier_eval.risk.spend_rows import strangers


def answer_folder(
    path: str | Path,
    *,
    as_of: date | str | None = None,
    budget: float | None = None,
    years: int = YEARS,
    seed: int = 0,
    agreed: str = "",
) -> RiskAnswers:
    """Say what may go wrong, what it may cost, what to do about it, and who is risky, from one folder of tables.

    Parameters
    ----------
    path : str or Path
        The folder or workbook, see docs/risk.md: tables ``risks``, ``ratings``, ``shocks``, ``failure_modes``,
        ``measures``, ``responses``, ``suppliers``, ``financial``, ``delivery``, ``spend``, ``security_findings``,
        ``legal_record``, ``history``, ``acknowledgements``, ``incidents``, ``items``; files ``risks.toml``,
        ``matrix.toml``, ``indicators.toml``, ``rating.toml``. All are optional.
    as_of : date or str, optional
        The day; else that of ``risks.toml``.
    budget : float, optional
        For measures, a year; else that of ``risks.toml``.
    years : int
        Years of losses to simulate.
    seed : int
        Of the draws, not negative.
    agreed : str
        Fingerprint of the rating plan as it was agreed.

    Returns
    -------
    RiskAnswers
        A question whose tables are not there is left out and named with what it needs.

    Raises
    ------
    InvalidInput
        With the findings of all tables at once, warnings included.

    Examples
    --------
    >>> answers = se.risk.answer_folder("data/samples/risks", years=2_000)
    >>> answers
    RiskAnswers(risks, 2026-11-30: 13 answers)
    """
    folder, found = opened(path)
    day = folder.as_of if as_of is None else as_day(as_of)
    if not folder.tables and any(one.code == "risk_folder.nothing" for one in found):
        raise InvalidInput([*found, *folder.warnings], str(path))
    if day is None:
        code = "risk_folder.no_day" if as_of is None else "indicator.day"
        wrong = [] if any(one.code in {"risk_folder.setting.as_of", "risk_folder.not_toml"} for one in found) else [
            Finding(code, ARGUMENTS, "as_of", value=str(as_of or ""))
        ]  # fmt: skip
        raise InvalidInput([*found, *wrong, *folder.warnings], str(path))
    money = folder.budget if budget is None else as_figure(budget)
    if budget is not None and (money is None or money < 0):
        found.append(Finding("risk_folder.setting.budget", ARGUMENTS, "budget", value=str(budget)))
        money = None
    left_out = _left_out(folder, has_budget=money is not None)
    asking = _Asking(folder, day, left_out, found)
    asking.of_register(money, years, seed)
    asking.of_what_hangs_on_the_register()
    asking.of_suppliers(agreed)
    asking.of_indicators()
    if asking.found:
        raise InvalidInput([*asking.found, *folder.warnings], str(path))
    answers = {name: asking.answers[name] for name in QUESTIONS if name in asking.answers}
    unread = (*folder.warnings, *_strangers(folder, answers))
    return RiskAnswers(folder.name, day, answers, left_out, unread, files_fingerprint(Path(path)))


def _of_settings(finding: Finding) -> Finding:
    """A finding about an argument of the portfolio as one about the file that holds it."""
    if finding.table != ARGUMENTS:
        return finding
    return replace(finding, table=SETTINGS, column=f"portfolio.{finding.column}")


def _strangers(folder: RiskFolder, answers: Mapping[str, Any]) -> tuple[Finding, ...]:
    """A warning where spend names suppliers that nobody asked to rate."""
    spend, rating = folder.table("spend"), answers.get("rating")
    if rating is None:
        return ()
    return strangers(_texts(spend, "supplier"), rating.ratings)


def _texts(table: Any, column: str) -> list[str]:  # noqa: ANN401 - a table, or None
    """The texts of a column; none where there is none."""
    if table is None or column not in table:
        return []
    return [str(cell) for cell in table[column] if isinstance(cell, str)]


def _left_out(folder: RiskFolder, *, has_budget: bool) -> dict[str, tuple[str, ...]]:
    """Questions that cannot be asked, with what is missing."""
    there = {*folder.tables, *(name for name in (MATRIX, INDICATORS) if folder.file(name) is not None)}
    there |= {"budget"} if has_budget else set()
    there |= {"[portfolio]"} if folder.portfolio is not None else set()
    named = {"budget": f"budget ({SETTINGS})", "[portfolio]": f"[portfolio] ({SETTINGS})"}
    missing = {q: tuple(named.get(n, n) for n in needs if n not in there) for q, needs in QUESTIONS.items()}
    return {question: names for question, names in missing.items() if names}


class _Asking:
    """Asks question after question; refusals of all are kept, and what builds on a refused one is not asked."""

    def __init__(
        self, folder: RiskFolder, day: date, left_out: dict[str, tuple[str, ...]], found: list[Finding]
    ) -> None:
        self.folder, self.day, self.left_out = folder, day, left_out
        self.answers: dict[str, Any] = {}
        self.found = list(found)
        self.torn = any(one.table == "risks" for one in found)  # rows of it are missing: no id can be called unknown

    def table(self, name: str) -> Any:  # noqa: ANN401 - a table, or None where the folder has none
        """A table of the folder."""
        return self.folder.table(name)

    def ask(self, question: str, how: Callable[[], Any], *after: str) -> None:
        """Keep the answer, or the findings."""
        if question in self.left_out or any(name not in self.answers for name in after):
            return
        if question == "register" and self.torn:
            return
        try:
            self.answers[question] = how()
        except InvalidInput as refused:
            rows_said = question == "register"  # it says rows of the files itself
            found = refused.findings if rows_said else as_in_files(refused.findings, self.folder.tables)
            if question == "portfolio":
                found = [_of_settings(one) for one in found]
            self.found += [one for one in found if one not in self.found]

    def of_register(self, budget: float | None, years: int, seed: int) -> None:
        """Register, matrix, losses, responses, measures."""
        money = 0.0 if budget is None else budget  # not asked without one
        folder, got, table = self.folder, self.answers, self.table
        if folder.matrix is not None:
            matrix = folder.matrix
            self.ask("matrix", lambda: check_matrix(matrix))
            self.ask("register", lambda: self._read(matrix))
            self.ask("places", lambda: place_risks(matrix, got["register"].places_table()), "register")
        else:
            self.ask("register", lambda: self._read(None))
        self.ask("failures", lambda: rate_failure_modes(table("failure_modes")))
        self.ask(
            "losses",
            lambda: simulate_losses(got["register"].losses_table(), table("shocks"), years=years, seed=seed),
            "register",
        )
        self.ask(
            "responses", lambda: assess_responses(got["register"], table("measures"), table("responses")), "register"
        )
        self.ask("choice", lambda: choose_measures(got["responses"], money), "responses")
        self.ask(
            "tails",
            lambda: compare_tails(got["responses"], got["choice"].measures, table("shocks"), years=years, seed=seed),
            "losses",
            "choice",
        )

    def of_what_hangs_on_the_register(self) -> None:
        """What is wrong with shocks, measures and responses where the register itself is refused."""
        if "register" in self.left_out or "register" in self.answers:
            return
        ids = {} if self.torn else {id_key(name): name for name in _texts(self.table("risks"), "risk")}
        found: list[Finding] = []
        if (shocks := self.table("shocks")) is not None:
            found += judge_shocks(shocks, ids)
        if (measures := self.table("measures")) is not None:
            found += read_measures(measures, ids, self.day, "")[1]
        found += read_responses(self.table("responses"), ids, self.day)[1]
        self.found += as_in_files(found, self.folder.tables)

    def _read(self, matrix: Any) -> RiskRegister:  # noqa: ANN401
        tables = {name: self.folder.tables[name] for name in ("risks", "ratings")}
        return RiskRegister.read(tables, as_of=self.day, categories=self.folder.categories, matrix=matrix)

    def of_suppliers(self, agreed: str) -> None:
        """Rating, concentration, portfolio."""
        table, stated = self.table, self.folder.portfolio or {}
        names = ("financial", "delivery", "spend", "security_findings", "legal_record")
        given = {name: table(name) for name in names}
        plan = self.folder.file(PLAN)
        self.ask("concentration", lambda: concentration(table("spend")))
        self.ask("rating", lambda: rate_risks(table("suppliers"), plan, as_of=self.day, agreed=agreed, **given))
        self.ask("portfolio", lambda: kraljic(table("items"), **stated))

    def of_indicators(self) -> None:
        """Indicators, and whether they would have warned."""
        table, plan = self.table, self.folder.path / INDICATORS
        answers = table("acknowledgements")
        self.ask(
            "indicators", lambda: watch_indicators(table("history"), plan, as_of=self.day, acknowledgements=answers)
        )
        self.ask(
            "backtest",
            lambda: backtest_indicators(table("history"), plan, table("incidents"), as_of=self.day),
            "indicators",
        )
