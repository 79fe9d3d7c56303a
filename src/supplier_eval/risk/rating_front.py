"""Rate suppliers by risk: statements, scorecards, dependency, security, legal record and concentration in one level.

Clauses of the policy (§6.1.2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.dates import LAST_YEAR
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.concentration_result import Concentrations
from supplier_eval.risk.dated import as_day
from supplier_eval.risk.financial_front import altman_z
from supplier_eval.risk.financial_result import AltmanScores
from supplier_eval.risk.rating_measures import Measured, RatingInputs, measure
from supplier_eval.risk.rating_plan import RatingPlan
from supplier_eval.risk.rating_previous import Before, read_previous, with_changes
from supplier_eval.risk.rating_records import (
    Refusals,
    Subject,
    read_delivery,
    read_legal,
    read_security,
    read_suppliers,
)
from supplier_eval.risk.rating_result import RiskRating
from supplier_eval.risk.rating_scoring import score_supplier
from supplier_eval.risk.rating_spend import read_spend
from supplier_eval.risk.records import ARGUMENTS, asked

if TYPE_CHECKING:
    import pandas as pd


def rate_risks(  # noqa: PLR0913 - one question with its tables
    suppliers: pd.DataFrame,
    plan: object = None,
    *,
    as_of: date | str,
    financial: pd.DataFrame | AltmanScores | None = None,
    delivery: pd.DataFrame | None = None,
    spend: pd.DataFrame | None = None,
    security_findings: pd.DataFrame | None = None,
    legal_record: pd.DataFrame | None = None,
    concentration: Concentrations | None = None,
    previous: pd.DataFrame | RiskRating | None = None,
    agreed: str = "",
) -> RiskRating:
    """Say of every supplier how risky it is, and why, the weightiest reason first.

    Parameters
    ----------
    suppliers : DataFrame or sequence of str
        ``supplier`` (id, str); optional ``name``, ``revenue_share`` (of its revenue, that which we pay, 0-1),
        ``single_source`` (items that nobody else supplies, whole), ``security_checked`` and ``legal_checked`` (day on
        which somebody last looked, empty for never). Empty is not known, and not zero.
    plan : RatingPlan, path, mapping, optional
        Scales, weights, levels; without it the default, which is a proposal.
    as_of : date or str
        Day of the rating.
    financial : DataFrame or AltmanScores, optional
        As `altman_z` takes it, or what it gave.
    delivery : DataFrame, optional
        ``supplier``, ``score`` (0-100, higher is better; empty for not rated), ``lower`` and ``upper`` (or
        ``score_lower``, ``score_upper``), ``coverage`` (0-1): the table of a period's scorecards, one row a supplier.
    spend : DataFrame, optional
        As `concentration` takes it, of the whole company, suppliers that are not rated too.
    security_findings : DataFrame, optional
        ``finding`` (id), ``supplier``, ``severity``; optional days ``opened``, ``due``, ``closed`` (empty for open).
    legal_record : DataFrame, optional
        ``record`` (id), ``supplier``, ``severity``, ``on`` (day).
    concentration : Concentrations, optional
        In place of that computed from `spend`, which is still needed to say who supplies what.
    previous : RiskRating or DataFrame, optional
        The rating before, or its `RiskRating.reasons_frame`.
    agreed : str
        The plan's fingerprint as published; with an adopted plan of that fingerprint the rating is binding.

    Returns
    -------
    RiskRating

    Raises
    ------
    InvalidInput
        With the findings of all tables at once.

    Notes
    -----
    Points run from 0 (no risk) to 100 (highest). The score is the weighted mean of what was assessed; what was not is
    counted, and `possible` says what it could still do. A supplier without open findings has no risk in that measure
    only where it was checked within the plan's age; findings that are known count in any case.

    Examples
    --------
    >>> answers = se.risk.answer_folder("data/samples/risks", years=2_000)
    >>> answers.rating
    RiskRating(A 4, B 3, C 1, D 2, E 0; 2 not rated; exploratory, as of 2026-11-30)
    """
    refusals = Refusals()
    day = as_day(as_of)
    if day is None:
        refusals.found.append(asked("rating.as_of", "as_of", as_of))
    if not isinstance(agreed, str):
        refusals.found.append(asked("asked.text", "agreed", agreed))
    on = day or date(LAST_YEAR, 12, 31)
    chosen = refusals.read(lambda: RatingPlan.of(plan), RatingPlan())
    nobody: dict[str, Subject] = {}
    known = refusals.read(lambda: read_suppliers(suppliers, on), nobody)
    if concentration is not None and spend is None:
        refusals.found.append(Finding("rating.spend_needed", ARGUMENTS, "concentration"))
    tables = {"financial": financial, "delivery": delivery, "spend": (spend, concentration)}
    tables |= {"security": security_findings, "legal": legal_record}
    given = _read_tables(tables, known, chosen, on, refusals)
    nothing: dict[str, Before] = {}
    before = nothing if previous is None else refusals.read(lambda: read_previous(previous), nothing)
    if refusals.found:
        raise InvalidInput(refusals.found, ARGUMENTS)
    ratings = {}
    for key, one in known.items():
        figures: dict[str, Measured] = {each.id: measure(each.id, key, one, given, chosen) for each in chosen.measures}
        ratings[one.supplier] = with_changes(score_supplier(one, figures, chosen), before.get(key))
    return RiskRating(ratings, chosen, on, agreed)


def _read_tables(
    tables: Mapping[str, Any], known: dict[str, Subject], plan: RatingPlan, on: date, refusals: Refusals
) -> RatingInputs:
    """All tables that were given; what is wrong with any of them is kept in `refusals`."""
    after = on - timedelta(days=plan.look_back)
    spend, found = tables["spend"]
    readers: dict[str, tuple[object, Callable[[], Any]]] = {
        "financial": (tables["financial"], lambda: _altman(tables["financial"], plan, on, known)),
        "delivery": (tables["delivery"], lambda: read_delivery(tables["delivery"], known)),
        "spend": (spend, lambda: read_spend(spend, found)),
        "security": (
            tables["security"], lambda: read_security(tables["security"], known, plan.security_severities, on)
        ),
        "legal": (tables["legal"], lambda: read_legal(tables["legal"], known, plan.legal_severities, (after, on))),
    }  # fmt: skip
    read = {name: None if given is None else refusals.read(how, None) for name, (given, how) in readers.items()}
    shares, lines = read["spend"] or (None, None)
    altman = read["financial"]
    by_key = {} if altman is None else {id_key(name): name for name in altman.scores}
    return RatingInputs(on, altman, read["delivery"], shares, read["security"], read["legal"], lines, by_key)


def _altman(given: object, plan: RatingPlan, on: date, known: dict[str, Subject]) -> AltmanScores:
    """Scores of the statements; a supplier that is not rated, or another day than the rating's, is refused."""
    if isinstance(given, AltmanScores):
        scores = given
        if scores.as_of != on:
            shown = str(scores.as_of)
            raise InvalidInput([Finding("rating.altman_day", ARGUMENTS, "financial", value=shown)], ARGUMENTS)
    else:
        variant = plan.altman_variant or None
        scores = altman_z(given, variant, as_of=on, max_age=plan.statement_age)  # type: ignore[arg-type]
    strangers = [name for name in scores.scores if known and id_key(name) not in known]
    if strangers:
        raise InvalidInput(
            [Finding("rating.supplier_unknown", "financial", "supplier", value=name) for name in strangers], "financial"
        )
    return scores
