"""A folder of planning: the plan and its tables read, every question that they allow answered (§2.1, §2.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import Lang
from supplier_eval.planning.costs import COST_COLUMNS, VOLUME_COLUMNS, cost_options
from supplier_eval.planning.costs_result import OptionCosts
from supplier_eval.planning.needs import MARK_COLUMNS, NEED_COLUMNS, assess_needs
from supplier_eval.planning.needs_result import NeedAssessments
from supplier_eval.planning.options import COLUMNS as OPTION_COLUMNS
from supplier_eval.planning.options import compare_options
from supplier_eval.planning.options_result import OptionComparison
from supplier_eval.planning.plan import PlanningPlan
from supplier_eval.risk.records import Column
from supplier_eval.risk.register_tables import ENDINGS, open_tables

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
class PlanningAnswers:
    """What a folder was asked and answered.

    Parameters
    ----------
    needs, costs, comparison : result or None
        None where the folder has no tables for it.
    warnings : tuple of Finding
        Files and columns that nothing reads.
    """

    plan: PlanningPlan
    needs: NeedAssessments | None = None
    costs: OptionCosts | None = None
    comparison: OptionComparison | None = None
    warnings: tuple[Finding, ...] = ()
    source: str = ""

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the plan."""
        return self.plan.fingerprint

    @property
    def standing(self) -> Literal["binding", "exploratory"]:
        """Binding under a plan that was adopted."""
        return "exploratory" if self.plan.adoption is None else "binding"

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
        if self.costs is not None:
            data["costs"] |= {"break_even": _rows(self.costs.break_even_frame()), "seed": self.costs.seed}
        data["warnings"] = [finding.line(lang) for finding in self.warnings]
        return data

    def __repr__(self) -> str:
        return f"PlanningAnswers({', '.join(name for name, _ in self.parts)}; {self.standing})"


def answer_plan(path: str | Path, *, draws: int = 20_000, seed: int = 0) -> PlanningAnswers:
    """Read a folder of planning and answer what its tables allow.

    Parameters
    ----------
    path : str or Path
        With ``plan.toml`` and tables ``needs`` and ``need_marks``, ``costs`` (and ``volumes``), ``option_marks``, as
        .csv, .tsv, .xlsx or .parquet.
    draws, seed : int
        Of the costs.

    Returns
    -------
    PlanningAnswers

    Raises
    ------
    InvalidInput
        With every finding of every table.
    """
    folder = Path(path) if isinstance(path, str | Path) else None
    if folder is None or not folder.is_dir():
        raise InvalidInput([Finding("planning.no_folder", "arguments", "path", value=str(path))], str(path))
    found: list[Finding] = []
    plan = _kept(lambda: _plan(folder), found)
    tables = _kept(lambda: open_tables(folder, TABLES), found) or {}
    found += _pairs(tables)
    if plan is None or found:
        raise InvalidInput(found, str(path))
    needs = costs = comparison = None
    if "needs" in tables:
        needs = _kept(lambda: assess_needs(tables["needs"], tables["need_marks"], plan), found)
    if "costs" in tables:
        costs = _kept(
            lambda: cost_options(tables["costs"], tables.get("volumes"), plan, draws=draws, seed=seed), found
        )  # fmt: skip
    if "option_marks" in tables and (costs is not None or "costs" not in tables):
        comparison = _kept(lambda: compare_options(tables["option_marks"], costs, plan), found)
    if found:
        raise InvalidInput(found, str(path))
    return PlanningAnswers(plan, needs, costs, comparison, tuple(_unread(folder, tables)), str(path))


def _kept(ask: Callable[[], Answer], found: list[Finding]) -> Answer | None:
    try:
        return ask()
    except InvalidInput as refused:
        found += refused.findings
        return None


def _plan(folder: Path) -> PlanningPlan:
    if not (folder / PLAN).is_file():
        raise InvalidInput([Finding("planning.no_plan", PLAN)], str(folder))
    return PlanningPlan.load(folder / PLAN)


def _pairs(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    for one, other in (("needs", "need_marks"), ("need_marks", "needs"), ("volumes", "costs")):
        if one in tables and other not in tables:
            yield Finding("planning.table_missing", one, value=one, facts={"other": other})
    if not tables:
        yield Finding("planning.nothing", "files")


def _unread(folder: Path, tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    known = ", ".join(TABLES)
    for file in sorted(folder.iterdir()):
        named = file.stem.casefold() in tables and file.suffix.casefold() in ENDINGS
        if file.is_file() and not named and file.name != PLAN and file.suffix.casefold() != ".md":
            yield Finding("planning.file_unread", "files", value=file.name, facts={"known": known}, severity="warning")
    for name, table in tables.items():
        columns = [column.name for column in TABLES[name]]
        odd = [str(column) for column in table.columns if column not in columns]
        if odd:
            facts = {"known": ", ".join(columns)}
            yield Finding("planning.column_unread", name, value=", ".join(odd), facts=facts, severity="warning")


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    bare = table.astype(object).where(table.notna(), None)
    return [{str(name): cell for name, cell in row.items()} for row in bare.to_dict("records")]
