"""The tables of a folder of risks, and the settings beside them: day, own categories, budget, matrix, portfolio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.risk.concentration_front import COLUMNS as SPEND_COLUMNS
from supplier_eval.risk.dated import as_day
from supplier_eval.risk.financial_statements import COLUMNS as STATEMENT_COLUMNS
from supplier_eval.risk.fmea_front import COLUMNS as FAILURE_COLUMNS
from supplier_eval.risk.headers import header_keys, unread_columns
from supplier_eval.risk.indicator_history import ANSWER_COLUMNS, INCIDENT_COLUMNS
from supplier_eval.risk.indicator_history import COLUMNS as HISTORY_COLUMNS
from supplier_eval.risk.matrix import RiskMatrix
from supplier_eval.risk.matrix_file import matrix_of, read_settings
from supplier_eval.risk.rating_records import DELIVERY, LEGAL, SECURITY, SUPPLIERS
from supplier_eval.risk.records import ARGUMENTS, Column, as_figure, asked
from supplier_eval.risk.register_tables import RATING_COLUMNS, RISK_COLUMNS, tables_at
from supplier_eval.risk.response_records import MEASURE_COLUMNS, MEASURE_DAYS, RESPONSE_COLUMNS, RESPONSE_DAYS
from supplier_eval.risk.said_names import Names

if TYPE_CHECKING:
    import pandas as pd

SHOCK_COLUMNS = (Column("shock"), Column("risk"), Column("frequency", "figure"), Column("probability", "figure"))
TABLES: Mapping[str, Sequence[Column]] = {
    "risks": RISK_COLUMNS,
    "ratings": RATING_COLUMNS,
    "shocks": SHOCK_COLUMNS,
    "failure_modes": FAILURE_COLUMNS,
    "measures": MEASURE_COLUMNS,
    "responses": RESPONSE_COLUMNS,
    "suppliers": SUPPLIERS,
    "financial": STATEMENT_COLUMNS,
    "delivery": DELIVERY,
    "spend": SPEND_COLUMNS,
    "security_findings": SECURITY,
    "legal_record": LEGAL,
    "history": HISTORY_COLUMNS,
    "acknowledgements": ANSWER_COLUMNS,
    "incidents": INCIDENT_COLUMNS,
}
SETTINGS, MATRIX, INDICATORS, PLAN = "risks.toml", "matrix.toml", "indicators.toml", "rating.toml"
DAYS: Mapping[str, tuple[str, ...]] = {
    "risks": ("identified",),
    "ratings": ("on",),
    "measures": MEASURE_DAYS,
    "responses": RESPONSE_DAYS,
    "suppliers": ("security_checked", "legal_checked"),
    "financial": ("period_end",),
    "security_findings": ("opened", "due", "closed"),
    "legal_record": ("on",),
    "history": ("on",),
    "acknowledgements": ("raised", "on"),
    "incidents": ("on",),
    "items": ("item", "name"),
}
FREE = ("delivery",)  # a scorecard comes with all of its columns
FILLED = ("ratings", "suppliers", "financial", "delivery", "spend", "history", "items")  # the others may be empty
KEYS = ("as_of", "categories", "budget", "portfolio")
PORTFOLIO_KEYS = ("supply_risk", "profit_impact", "scale", "lines", "margin")


@dataclass(frozen=True)
class RiskFolder:
    """What a folder holds, opened but not judged.

    Parameters
    ----------
    path : Path
        The folder; of a workbook the one that it lies in.
    tables : mapping
        Name -> table, only those that are there.
    settings : mapping
        Of ``risks.toml``; empty where there is none.
    matrix : RiskMatrix or None
        Of ``matrix.toml``.
    warnings : tuple of Finding
        Files and columns that no question reads: left alone, or misspelt.
    name : str
        Of the folder or the workbook.
    """

    path: Path
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    settings: Mapping[str, Any] = field(repr=False)
    matrix: RiskMatrix | None = None
    warnings: tuple[Finding, ...] = ()
    name: str = ""

    def table(self, name: str) -> pd.DataFrame | None:
        """A table; None where the folder has none."""
        return self.tables.get(name)

    def file(self, name: str) -> Path | None:
        """A file of the folder; None where there is none."""
        return self.path / name if (self.path / name).is_file() else None

    @property
    def as_of(self) -> date | None:
        """The day of ``risks.toml``."""
        return as_day(self.settings.get("as_of"))

    @property
    def categories(self) -> tuple[str, ...]:
        """The company's own categories."""
        return tuple(self.settings.get("categories", ()))

    @property
    def budget(self) -> float | None:
        """The budget for measures, a year."""
        return as_figure(self.settings.get("budget"))

    @property
    def portfolio(self) -> Mapping[str, Any] | None:
        """Arguments of `kraljic`; None where nothing is stated."""
        return self.settings.get("portfolio")


def open_folder(path: str | Path) -> RiskFolder:
    """Open a folder of risks.

    Parameters
    ----------
    path : str or Path
        The folder; its tables are .csv, .tsv, .txt, .xlsx or .parquet, see docs/risk.md. Or a workbook with a sheet for
        each table, the settings beside it.

    Returns
    -------
    RiskFolder

    Raises
    ------
    InvalidInput
        With every finding, warnings included: no folder, none of the tables in it, keys unknown or of the wrong kind, a
        matrix that does not hold together, a file that cannot be read.
    """
    folder, found = opened(path)
    if found:
        raise InvalidInput([*found, *folder.warnings], str(path))
    return folder


def opened(path: str | Path) -> tuple[RiskFolder, list[Finding]]:
    """As `open_folder`, with the findings beside what could be read, so that more can be found in it.

    Raises
    ------
    InvalidInput
        If there is no folder and no workbook.
    """
    if not isinstance(path, str | Path):
        raise InvalidInput([asked("risk_folder.path", "path", path)], ARGUMENTS)
    source = Path(path)
    folder = source if source.is_dir() else source.parent
    if not source.is_dir() and not source.is_file():
        raise InvalidInput([Finding("risk_folder.no_folder", ARGUMENTS, "path", value=str(path))], str(path))
    found: list[Finding] = []
    settings = _settings(folder / SETTINGS, found)
    matrix = matrix_of(folder / MATRIX, found)
    known = dict(TABLES)
    if isinstance(portfolio := settings.get("portfolio"), Mapping):
        axes = [axis for name in PORTFOLIO_KEYS[:2] if isinstance(axis := portfolio.get(name), Mapping)]
        factors = dict.fromkeys(name for axis in axes for name in axis)
        known["items"] = tuple(Column(name, "figure") for name in factors)
    else:
        known["items"] = ()
    tables, said = tables_at(source, known)
    found += [one for one in said if one.severity == "error"]
    warned = [one for one in said if one.severity == "warning"]
    warned += _unread(folder, tables, known)
    if not tables and not found:
        facts = {"known": Names(known)}
        found.append(Finding("risk_folder.nothing", ARGUMENTS, "path", value=str(path), facts=facts))
    return RiskFolder(folder, tables, settings, matrix, tuple(warned), source.resolve().name), found


def _unread(
    folder: Path, tables: Mapping[str, pd.DataFrame], known: Mapping[str, Sequence[Column]]
) -> Iterator[Finding]:
    """Warnings about what no question reads: a name that is misspelt would else be lost without a word."""
    settings = (SETTINGS, MATRIX, INDICATORS, PLAN)
    strays = sorted(f.name for f in folder.iterdir() if f.suffix.lower() == ".toml" and f.name not in settings)
    if strays:
        facts = {"known": Names(settings)}
        yield Finding(
            "risk_folder.toml_unread",
            "files",
            value=", ".join(strays),
            facts=facts | {"names": Names(strays)},
            severity="warning",
        )
    for name, table in tables.items():
        if name in FILLED and not len(table):
            yield Finding("risk_folder.table_empty", name, severity="warning")
        if name not in FREE and known[name]:  # without a portfolio nobody knows the columns of items
            read = [*(column.name for column in known[name]), *DAYS.get(name, ())]
            yield from unread_columns(name, header_keys(table), read)


def _settings(file: Path, found: list[Finding]) -> dict[str, Any]:
    data = read_settings(file, KEYS, found)
    wrong = [key for key in KEYS if key in data and not _fits(key, data[key])]
    found += [Finding(f"risk_folder.setting.{key}", file.name, key, value=_shown(data[key])) for key in wrong]
    return {key: given for key, given in data.items() if key not in wrong}


def _shown(given: object) -> str:
    return repr(given) if isinstance(given, str) else str(given)


def _fits(key: str, given: Any) -> bool:  # noqa: ANN401 - a value of a file
    if key == "as_of":
        return as_day(given) is not None
    if key == "categories":
        return isinstance(given, list) and all(isinstance(one, str) for one in given)
    if key == "budget":
        money = as_figure(given)
        return money is not None and money >= 0
    axes = PORTFOLIO_KEYS[:2]
    known = isinstance(given, Mapping) and not set(given) - set(PORTFOLIO_KEYS)
    return known and all(isinstance(given.get(axis), Mapping) for axis in axes)
