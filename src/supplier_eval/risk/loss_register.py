"""From a register of risks to a loss model: what is assessed, what is not, and everything that is wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.frequency import Frequency
from supplier_eval.risk.loss_model import LossModel, LossRisk, Shock
from supplier_eval.risk.records import Column, Record, judge_records, several_currencies
from supplier_eval.risk.severity import lognormal_from_interval

if TYPE_CHECKING:
    import pandas as pd

REGISTER, SHOCKS = "register", "shocks"
MOST_EVENTS = 100_000.0
MOST_MONEY = 1e15
WIDEST = 1e9  # high / low: beyond it the mean rests on losses that no one has thought of
ASSESSED = ("low", "high", "frequency")
COLUMNS = (
    Column("risk"),
    Column("low", "figure", filled=False, least=0, above=True, most=MOST_MONEY),
    Column("high", "figure", filled=False, least=0, above=True, most=MOST_MONEY),
    Column("frequency", "figure", filled=False, least=0, most=MOST_EVENTS),
    Column("dispersion", "figure", required=False, filled=False, least=1, most=1000),
    Column("currency", required=False),
)
SHOCK_COLUMNS = (
    Column("shock"),
    Column("risk"),
    Column("frequency", "figure", least=0, most=MOST_EVENTS),
    Column("probability", "figure", required=False, filled=False, least=0, most=1),
)


@dataclass(frozen=True)
class Register:
    """A loss model with its names.

    Parameters
    ----------
    model : LossModel
        The risks that are assessed, in canonical order, and the shocks.
    not_assessed : tuple of str
        Risks without an interval or a frequency; they are in no figure.
    currency : str
        As the table names it; empty where it has none.
    """

    model: LossModel
    not_assessed: tuple[str, ...]
    currency: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Key of each risk, by which its stream is made."""
        return tuple(id_key(risk.risk) for risk in self.model.risks)

    @property
    def shock_keys(self) -> tuple[str, ...]:
        """Key of each shock."""
        return tuple(id_key(shock.shock) for shock in self.model.shocks)


def read_register(register: pd.DataFrame, shocks: pd.DataFrame | None = None) -> tuple[Register | None, list[Finding]]:
    """The model of a register, or what is wrong with it.

    Parameters
    ----------
    register, shocks : DataFrame
        As in `simulate_losses`.

    Returns
    -------
    register : Register or None
        None where there are findings.
    findings : list of Finding
    """
    rows, findings = _records(register, COLUMNS, REGISTER, ("risk",))
    hits, more = _records(shocks, SHOCK_COLUMNS, SHOCKS, ("shock", "risk")) if shocks is not None else ([], [])
    findings += more + _contradictions(rows)
    findings += shock_findings(hits, {id_key(row.text("risk")) for row in rows if row.text("risk")})
    if findings:
        return None, findings
    complete = [all(row.figure(name) is not None for name in ASSESSED) for row in rows]
    assessed = [row for row, there in zip(rows, complete, strict=True) if there]
    risks = tuple(_risk(row) for row in assessed)
    places = {id_key(risk.risk): at for at, risk in enumerate(risks)}
    model = LossModel(risks, _shocks(hits, places))
    left = tuple(row.text("risk") for row, there in zip(rows, complete, strict=True) if not there)
    return Register(model, left, next((row.text("currency") for row in rows if row.text("currency")), "")), []


def _records(
    table: pd.DataFrame, columns: Sequence[Column], name: str, key: Sequence[str]
) -> tuple[list[Record], list[Finding]]:
    return judge_records(table, columns, name, key)


def _risk(row: Record) -> LossRisk:
    low, high, mean = (row.figure(name) or 0.0 for name in ASSESSED)
    mu, sigma = lognormal_from_interval(low, high)
    return LossRisk(row.text("risk"), mu, sigma, Frequency(mean, row.figure("dispersion") or 1.0))


def _shocks(hits: Sequence[Record], places: dict[str, int]) -> tuple[Shock, ...]:
    found: dict[str, Shock] = {}
    for row in hits:
        key, at = id_key(row.text("shock")), places.get(id_key(row.text("risk")))
        shock = found.setdefault(key, Shock(row.text("shock"), row.figure("frequency") or 0.0, ()))
        if at is not None:
            p = row.figure("probability")
            found[key] = Shock(shock.shock, shock.frequency, (*shock.hits, (at, 1.0 if p is None else p)))
    return tuple(found.values())


def _contradictions(rows: Sequence[Record]) -> list[Finding]:
    found = []
    for row in rows:
        low, high = row.figure("low"), row.figure("high")
        if low is not None and high is not None and low > high:
            facts = {"low": f"{low:,.15g}", "risk": row.text("risk")}
            found.append(Finding("losses.interval", REGISTER, "high", (row.row,), f"{high:,.15g}", facts))
        elif low is not None and high is not None and high > low * WIDEST:
            facts = {"low": f"{low:,.15g}", "risk": row.text("risk")}
            found.append(Finding("losses.interval_wide", REGISTER, "high", (row.row,), f"{high:,.15g}", facts))
    return found + several_currencies("losses.currencies", REGISTER, rows)


def _shock_contradictions(hits: Sequence[Record]) -> list[Finding]:
    by_shock: dict[str, list[Record]] = {}
    for row in hits:
        if row.text("shock"):
            by_shock.setdefault(id_key(row.text("shock")), []).append(row)
    found = []
    for rows in by_shock.values():
        frequencies = sorted({figure for row in rows if (figure := row.figure("frequency")) is not None})
        if len(frequencies) > 1:
            shown = ", ".join(f"{figure:g}" for figure in frequencies)
            places = tuple(sorted(row.row for row in rows))
            facts = {"shock": rows[0].text("shock")}
            found.append(Finding("losses.shock_frequency", SHOCKS, "frequency", places, shown, facts))
    return found


def _unknown_risks(hits: Sequence[Record], known: Collection[str]) -> list[Finding]:
    return [
        Finding("losses.shock_risk", SHOCKS, "risk", (row.row,), row.text("risk"))
        for row in sorted(hits, key=lambda row: row.row)
        if known and row.text("risk") and id_key(row.text("risk")) not in known
    ]


def shock_findings(hits: Sequence[Record], known: Collection[str]) -> list[Finding]:
    """What contradicts itself in shocks: several frequencies of one, risks that are not known.

    Parameters
    ----------
    hits : sequence of Record
        Rows of the table.
    known : collection of str
        Keys of the risks; empty where they could not be read.
    """
    return _shock_contradictions(hits) + _unknown_risks(hits, known)


def judge_shocks(shocks: pd.DataFrame, known: Collection[str]) -> list[Finding]:
    """What is wrong with shocks, whatever is wrong with the risks."""
    hits, found = judge_records(shocks, SHOCK_COLUMNS, SHOCKS, ("shock", "risk"))
    return found + shock_findings(hits, known)
