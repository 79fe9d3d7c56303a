"""Service credits: what the contract gives back to the client where the service fell short (§4.3, §5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding
from supplier_eval.monitor.credit_exclusions import CreditExclusion
from supplier_eval.monitor.credit_figures import CreditFigure, credit_figures
from supplier_eval.monitor.credit_history import Past, credited_in_year, earned_back, past_credits
from supplier_eval.monitor.credit_names import named_period
from supplier_eval.monitor.credit_parts import CreditKpi, CreditTier
from supplier_eval.monitor.credit_result import CreditLine, ServiceCredits
from supplier_eval.monitor.credit_terms import CreditTerms
from supplier_eval.monitor.exact_amounts import cut_to, minor_amount, to_whole
from supplier_eval.monitor.series import TABLE, refuse_all

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.monitor.period import Period


def service_credits(
    results: object,
    terms: CreditTerms | Mapping[str, Any],
    *,
    period: str | Period,
    fees: object,
    exclusions: Iterable[CreditExclusion] = (),
    history: pd.DataFrame | None = None,
    year_fees: object = None,
    credited_this_year: object = None,
) -> ServiceCredits:
    """Work out what the contract credits for a period, from its raw KPIs, to the cent.

    Parameters
    ----------
    results : KpiResults, DataFrame or mapping
        Raw figures of the period: KPI results; a table with ``kpi`` and ``value`` (rows of other suppliers and
        periods are passed over where it has ``supplier`` and ``period``); or figures by KPI. A table whose column
        ``basis`` says anything but ``raw`` is refused: shrunken estimates rank and compare, contracts pay by what was
        measured. Refused too: a KPI of the clause that KPI results do not have or a table has by a similar name, and a
        figure given by name for a KPI that the clause does not have.
    terms : CreditTerms or mapping
        The clause; a mapping is read by `CreditTerms.from_mapping`.
    period : str or Period
        The period or its label, such as ``2026-03``, ``2026Q1``, ``2026``: labels sort by time, and another text is
        refused.
    fees : Decimal, int, str, or (amount, currency), or a table with ``amount`` and ``currency``
        Fees of the period; a table is added up. Another currency than the terms' is refused, never converted.
    exclusions : iterable of CreditExclusion
        What both sides agreed not to count.
    history : DataFrame, optional
        Earlier periods: ``period kpi value credit earned_back``; needed for earn-back and for a yearly cap.
    year_fees : as `fees`, optional
        Fees of the year, for a yearly cap in percent.
    credited_this_year : as `fees`, optional
        Net credits of the year so far; by default those of the calendar year in `history`.

    Returns
    -------
    ServiceCredits
        Computed less cut is the credit, line by line and in all; a KPI that cannot be assessed is never a silent zero.

    Raises
    ------
    InvalidInput
        With everything that is wrong.

    Notes
    -----
    Credit of a KPI = percent of its worst tier × base / 100, rounded once. Base: the fees, or fees × at-risk percent ×
    category × allocation × multiplier. Caps are rounded down and cut all credits in proportion.

    Examples
    --------
    >>> folder = "data/samples/service-records"
    >>> records = se.monitor.read_service_records(folder)
    >>> plan = se.monitor.ReviewPlan.load(f"{folder}/plan.toml")
    >>> kpi = next(kpi for kpi in plan.kpis if kpi.id == "resolution")
    >>> september = se.monitor.measure_kpis(records, kpi, se.monitor.Period.months("2026-09", "2026-09"))
    >>> tiers = [("0.93", 2), ("0.85", 5), ("0.75", 10)]
    >>> terms = {"contract": "V-03", "supplier": "S03", "currency": "CNY", "period_cap_percent": 10}
    >>> terms["kpis"] = [{"kpi": "resolution", "target": "0.93", "tiers": tiers}]
    >>> owed = se.monitor.service_credits(september, terms, period="2026-09", fees="180000.00")
    >>> owed
    ServiceCredits('V-03', 2026-09: credit 18000.00 CNY, held 0.00, earned back 0.00; exploratory)
    """
    found: list[Finding] = []
    clause = _terms(terms)
    label = named_period(period, found)
    paid = _fees(fees, clause, "fees", found)
    figures = credit_figures(results, clause, label, exclusions, found)
    past = past_credits(history, clause, label, found)
    caps = _caps(clause, paid, label, (year_fees, credited_this_year), (history, past), found)
    refuse_all(found)
    at_risk = Fraction(paid) * Fraction(clause.at_risk_percent) / 100
    lines = [_line(one, figures[one.kpi], Fraction(paid), at_risk, clause.rounding) for one in clause.kpis]
    most = min((cap for _, cap in caps), default=sum(line.computed for line in lines))
    cut = cut_to([line.computed for line in lines], most)
    done = []
    for line, credit in zip(lines, cut, strict=True):
        back = 0
        if line.state == "met" and not line.figure.at_least:
            back = earned_back(line.kpi, line.figure.value, label, past.get(line.kpi.kpi, ()), clause)
        cuts = (line.computed, line.computed - credit, credit, line.held, back)
        done.append(CreditLine(line.kpi, line.figure, line.tier, line.state, line.base, *cuts))
    whole = all(line.state != "held" and not line.figure.at_least for line in done)
    standing = "binding" if clause.adopted and whole else "exploratory"
    risk = to_whole(at_risk, "half_up")
    return ServiceCredits(clause, label, paid, risk, tuple(done), tuple(caps), standing)  # type: ignore[arg-type]


def _terms(terms: object) -> CreditTerms:
    if isinstance(terms, CreditTerms):
        return terms
    if isinstance(terms, Mapping):
        return CreditTerms.from_mapping(terms)
    refuse_all([Finding("credits.no_terms", TABLE, "terms", value=type(terms).__name__)])
    raise AssertionError("refused above")


def _line(kpi: CreditKpi, figure: CreditFigure, fees: Fraction, at_risk: Fraction, rounding: str) -> CreditLine:
    """One KPI before caps."""
    base = fees
    if kpi.basis == "at_risk":
        base = at_risk * Fraction(kpi.category) * Fraction(kpi.allocation) * Fraction(kpi.multiplier) / 10000
    tier, state, held = _state(kpi, figure)
    computed = to_whole(base * Fraction(tier.percent) / 100, rounding) if tier is not None and not held else 0
    open_ = to_whole(base * Fraction(tier.percent) / 100, rounding) if tier is not None and held else 0
    shown = to_whole(base, "half_up")
    return CreditLine(kpi, figure, None if held else tier, state, shown, computed, 0, computed, open_, 0)


def _state(kpi: CreditKpi, figure: CreditFigure) -> tuple[CreditTier | None, str, bool]:
    """The tier that holds, the state of the line, and whether its credit stays open."""
    if figure.status in {"excluded", "not_applicable"}:
        return None, figure.status, False
    if figure.value is not None:
        tier = kpi.tier_of(figure.value)
        return tier, "met" if tier is None else "credited", False
    if kpi.without_data == "no_credit":
        return None, "no_credit", False
    worst = kpi.tiers[-1]
    return worst, "credited" if kpi.without_data == "worst_tier" else "held", kpi.without_data == "hold"


def _caps(
    terms: CreditTerms,
    fees: int,
    period: str,
    year: tuple[object, object],
    earlier: tuple[pd.DataFrame | None, Past],
    found: list[Finding],
) -> list[tuple[str, int]]:
    """What each cap leaves for this period, in minor units."""
    caps = []
    year_fees, so_far = year
    history, past = earlier
    if terms.period_cap_percent is not None:
        caps.append(("period", to_whole(Fraction(fees) * Fraction(terms.period_cap_percent) / 100, "down")))
    if terms.year_cap is None and terms.year_cap_percent is None:
        return caps
    if so_far is None and history is None:
        found.append(Finding("credits.year_unknown", TABLE, "credited_this_year"))
        return caps
    used = credited_in_year(past, period) if so_far is None else _fees(so_far, terms, "credited_this_year", found)
    if terms.year_cap is not None:
        most = Fraction(terms.year_cap) * 10**terms.minor_units
    elif year_fees is None:
        found.append(Finding("credits.year_fees", TABLE, "year_fees"))
        return caps
    else:
        of_year = _fees(year_fees, terms, "year_fees", found)
        most = Fraction(of_year) * Fraction(terms.year_cap_percent or Decimal(0)) / 100
    caps.append(("year", max(0, to_whole(most, "down") - used)))
    return caps


def _fees(given: object, terms: CreditTerms, column: str, found: list[Finding]) -> int:
    """Money in minor units of the terms' currency."""
    import pandas as pd

    if isinstance(given, pd.DataFrame):
        missing = [name for name in ("amount", "currency") if name not in given.columns]
        known = ", ".join(str(one) for one in given.columns[:12])
        found += [Finding("series.column", column, name, facts={"known": known}) for name in missing]
        pairs = [] if missing else list(zip(given["amount"].tolist(), given["currency"].tolist(), strict=True))
    elif isinstance(given, tuple) and len(given) == 2:
        pairs = [given]
    else:
        pairs = [(given, terms.currency)]
    other = sorted({str(currency) for _, currency in pairs if str(currency) != terms.currency})
    if other:
        facts = {"currency": terms.currency}
        found.append(Finding("credits.currency", TABLE, column, value=", ".join(other), facts=facts))
    return sum(minor_amount(amount, terms.minor_units, column, found) for amount, _ in pairs)
