"""A folder of planning: the plan and its tables read, every question that they allow answered (§2.1, §2.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.file_prints import files_fingerprint
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang
from supplier_eval.planning.costs import COST_COLUMNS, VOLUME_COLUMNS, cost_options
from supplier_eval.planning.costs_result import OptionCosts
from supplier_eval.planning.needs import MARK_COLUMNS, NEED_COLUMNS, assess_needs
from supplier_eval.planning.needs_result import NeedAssessments
from supplier_eval.planning.options import COLUMNS as OPTION_COLUMNS
from supplier_eval.planning.options import compare_options, judge_option_marks
from supplier_eval.planning.options_result import OptionComparison
from supplier_eval.planning.plan import TABLE, PlanningPlan
from supplier_eval.planning.switching import switching_values
from supplier_eval.risk.headers import header_keys, unread_columns
from supplier_eval.risk.records import ARGUMENTS, Column
from supplier_eval.risk.register_tables import as_in_files, tables_at
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

PLAN = "plan.toml"
Answer = TypeVar("Answer")
TABLES: Mapping[str, Sequence[Column]] = {
    "needs": NEED_COLUMNS,
    "need_marks": MARK_COLUMNS,
    "costs": COST_COLUMNS,
    "volumes": VOLUME_COLUMNS,
    "option_marks": OPTION_COLUMNS,
}


@dataclass(frozen=True, eq=False)
class PlanningAnswers(Shown):
    """What a folder was asked and answered.

    Parameters
    ----------
    needs, costs, comparison : result or None
        None where the folder has no tables for it.
    warnings : tuple of Finding
        Files and columns that nothing reads.
    data_fingerprint : str
        Of the files; empty for answers that come from none.
    """

    plan: PlanningPlan
    needs: NeedAssessments | None = None
    costs: OptionCosts | None = None
    comparison: OptionComparison | None = None
    warnings: tuple[Finding, ...] = ()
    source: str = ""
    data_fingerprint: str = ""

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the plan."""
        return self.plan.fingerprint

    @property
    def standing(self) -> Literal["binding", "exploratory"]:
        """Binding under a plan that was adopted."""
        return self.plan.standing

    @property
    def parts(self) -> tuple[tuple[str, NeedAssessments | OptionCosts | OptionComparison], ...]:
        """Name and result of every question that was answered."""
        named = (("needs", self.needs), ("costs", self.costs), ("comparison", self.comparison))
        return tuple((name, result) for name, result in named if result is not None)

    def explain(self, lang: Lang = "en") -> str:
        """All answers in sentences."""
        return "\n".join(result.explain(lang=lang) for _, result in self.parts)

    def document(self, lang: Lang = "en") -> dict[str, Any]:
        """All answers as plain data: frames as rows, sentences beside them."""
        data: dict[str, Any] = {"standing": self.standing, "policy_fingerprint": self.policy_fingerprint}
        for name, result in self.parts:
            data[name] = {"rows": _rows(result.to_frame()), "explained": result.explain(lang=lang).split("\n")}
            if not isinstance(result, OptionCosts):
                data[name]["people"] = _rows(result.people_frame())
        if self.costs is not None:
            frames = {"break_even": self.costs.break_even_frame(), "lines": self.costs.lines_frame()}
            data["costs"] |= {key: _rows(frame) for key, frame in frames.items()}
            if len(self.costs.options) > 1:
                data["costs"]["switching"] = _rows(switching_values(self.costs).to_frame())
            data["costs"] |= {"draws": self.costs.draws, "seed": self.costs.seed, "currency": self.plan.currency}
            data["costs"] |= {"term_months": self.plan.term_months, "discount_rate": float(self.plan.discount_rate)}
        if self.comparison is not None:
            first = self.comparison.first_by_formula
            data["comparison"]["first_by_formula"] = {name: list(best) for name, best in first.items()}
        data["warnings"] = [finding.line(lang) for finding in self.warnings]
        return data

    def __repr__(self) -> str:
        return f"PlanningAnswers({', '.join(name for name, _ in self.parts)}; {self.standing})"


def answer_plan(path: str | Path, *, draws: int = 20_000, seed: int = 0) -> PlanningAnswers:
    """Read a folder of planning and answer what its tables allow.

    Parameters
    ----------
    path : str or Path
        A folder with ``plan.toml`` and tables ``needs`` and ``need_marks``, ``costs`` (and ``volumes``),
        ``option_marks``, as .csv, .tsv, .txt, .xlsx or .parquet; or a workbook with sheets of these names, the plan
        beside it.
    draws, seed : int
        Of the costs.

    Returns
    -------
    PlanningAnswers

    Raises
    ------
    InvalidInput
        With every finding of every table, rows as the files count them.

    Examples
    --------
    >>> answers = se.planning.answer_plan("data/samples/needs", draws=2_000)
    >>> answers
    PlanningAnswers(needs, costs, comparison; binding)
    """
    source = Path(path) if isinstance(path, str | Path) else None
    if source is None or not source.exists():
        raise InvalidInput([Finding("planning.no_folder", ARGUMENTS, "path", value=str(path))], str(path))
    if source.name == PLAN:
        source = source.parent
    if source.is_file() and source.suffix.lower() != ".xlsx":
        raise InvalidInput([Finding("planning.one_table", ARGUMENTS, "path", value=source.name)], str(path))
    folder = source if source.is_dir() else source.parent
    found: list[Finding] = []
    plan = _kept(lambda: _plan(folder), found)
    tables, said = tables_at(source, TABLES)
    found += [one for one in said if one.severity == "error"]
    warnings = [*(one for one in said if one.severity == "warning"), *_unread(folder, tables)]
    if not tables and not found:
        found.append(Finding("planning.nothing", "files"))
    if plan is None:
        raise InvalidInput(found, str(path))
    found += _pairs(tables, plan)
    needs, costs, comparison, wrong = _answers(tables, plan, draws, seed)
    found += as_in_files(wrong, tables)
    said = list(_subject(plan, needs))
    found += [one for one in said if one.severity == "error"]
    warnings += [one for one in said if one.severity == "warning"]
    if found:
        raise InvalidInput(found, str(path))
    if costs is not None:
        warnings += [*_unused(costs), *_idle(costs)]
    return PlanningAnswers(plan, needs, costs, comparison, tuple(warnings), str(path), files_fingerprint(source))


def _answers(
    tables: Mapping[str, pd.DataFrame], plan: PlanningPlan, draws: int, seed: int
) -> tuple[NeedAssessments | None, OptionCosts | None, OptionComparison | None, list[Finding]]:
    """Ask every question whose tables are there; marks are judged where the costs are refused, too."""
    found: list[Finding] = []
    needs = costs = comparison = None
    if "needs" in tables and "need_marks" in tables:
        needs = _kept(lambda: assess_needs(tables["needs"], tables["need_marks"], plan), found)
    if "costs" in tables:
        volumes = tables.get("volumes")
        costs = _kept(lambda: cost_options(tables["costs"], volumes, plan, draws=draws, seed=seed), found)
    if "option_marks" in tables:
        if costs is not None or plan.cost_criterion is None:
            comparison = _kept(lambda: compare_options(tables["option_marks"], costs, plan), found)
        else:
            found += judge_option_marks(tables["option_marks"], plan)[2]
    return needs, costs, comparison, found


def _kept(ask: Callable[[], Answer], found: list[Finding]) -> Answer | None:
    try:
        return ask()
    except InvalidInput as refused:
        found += [one for one in refused.findings if one not in found]
        return None


def _plan(folder: Path) -> PlanningPlan:
    if not (folder / PLAN).is_file():
        raise InvalidInput([Finding("planning.no_plan", PLAN)], str(folder))
    return PlanningPlan.load(folder / PLAN)


def _pairs(tables: Mapping[str, pd.DataFrame], plan: PlanningPlan) -> Iterator[Finding]:
    """Tables that say nothing without another."""
    pairs = [("needs", "need_marks"), ("need_marks", "needs"), ("volumes", "costs")]
    if plan.cost_criterion is not None:
        pairs.append(("option_marks", "costs"))
    for one, other in pairs:
        if one in tables and other not in tables:
            yield Finding("planning.table_missing", one, value=one, facts={"other": other})


def _subject(plan: PlanningPlan, needs: NeedAssessments | None) -> Iterator[Finding]:
    """The need that the options would meet: unknown, or assessed as none for outsourcing."""
    if not plan.need or needs is None:
        return
    one = next((one for one in needs.needs if id_key(one.need) == id_key(plan.need)), None)
    if one is None:
        facts = {"known": ", ".join(one.need for one in needs.needs) or "-"}
        yield Finding("planning.need_unknown", TABLE, "need", value=plan.need, facts=facts)
    elif one.verdict != "candidate":
        yield Finding("planning.no_candidate", TABLE, "need", value=one.need, severity="warning")


def _unread(folder: Path, tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Warnings about plans under another name and about columns that nothing reads."""
    strays = sorted(file.name for file in folder.iterdir() if file.suffix.lower() == ".toml" and file.name != PLAN)
    if strays:
        yield Finding("planning.plan_unread", "files", value=", ".join(strays), severity="warning")
    for name, table in tables.items():
        yield from unread_columns(name, header_keys(table), [column.name for column in TABLES[name]])


def _unused(costs: OptionCosts) -> Iterator[Finding]:
    """Warnings about volumes on which no cost depends."""
    used = {line.driver for line in costs.lines}
    for driver in costs.drivers:
        if driver.id not in used:
            yield Finding("planning.driver_unused", "volumes", "driver", value=driver.id, severity="warning")


def _idle(costs: OptionCosts) -> Iterator[Finding]:
    """Warnings about months of the term in which an option runs at no cost."""
    for option in costs.options:
        runs = [line for line in costs.lines if line.option == option.option and line.kind == "run"]
        paid = {month for line in runs for month in range(line.first, line.last + 1)}
        idle = [month for month in range(1, costs.plan.term_months + 1) if month not in paid]
        if idle:
            facts = {"months": _spans(idle)}
            code = "planning.months_without_run"
            yield Finding(code, "costs", "first_month", value=option.option, facts=facts, severity="warning")


def _spans(months: Sequence[int]) -> str:
    """Months in a row from the first to the last of each run: 1 - 3, 7."""
    starts = [month for month in months if month - 1 not in months]
    ends = [month for month in months if month + 1 not in months]
    return ", ".join(f"{a} - {b}" if a < b else str(a) for a, b in zip(starts, ends, strict=True))


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    bare = table.astype(object).where(table.notna(), None)
    return [{str(name): cell for name, cell in row.items()} for row in bare.to_dict("records")]
