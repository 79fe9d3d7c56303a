"""Levels of VaR and TVaR: above 0 and below 1, with enough simulated years beyond them."""

from __future__ import annotations

from collections.abc import Iterable

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.risk.records import ARGUMENTS, as_figure

LEAST_BEYOND = 20  # years beyond a level


def read_levels(given: object, years: int, name: str = "levels") -> tuple[tuple[float, ...], list[Finding]]:
    """Levels from low to high; wrong ones, and such with too few years beyond, as findings.

    Parameters
    ----------
    given : object
        Numbers above 0 and below 1, or one of them.
    years : int
        How many are sampled; 0 where none are.
    name : str
        Of the argument, for the findings.
    """
    listed = list(given) if isinstance(given, Iterable) and not isinstance(given, str) else [given]
    figures = [as_figure(one) for one in listed]
    shares = sorted({figure for figure in figures if figure is not None and 0 < figure < 1})
    wrong = [one for one, figure in zip(listed, figures, strict=True) if figure is None or not 0 < figure < 1]
    said = [repr(one) if isinstance(one, str) else str(one) for one in wrong]
    findings = [Finding("losses.level", ARGUMENTS, name, value=one) for one in said or ([] if listed else ["-"])]
    for share in shares:
        if years and years * (1 - share) < LEAST_BEYOND * (1 - 1e-9):
            facts = {"least": LEAST_BEYOND, "needed": f"{LEAST_BEYOND / (1 - share):,.0f}", "years": f"{years:,}"}
            findings.append(Finding("losses.too_few_years", ARGUMENTS, name, value=f"{share:g}", facts=facts))
    return tuple(shares), findings


def asked_level(given: object, years: int = 0) -> float:
    """One level that a figure is asked at.

    Parameters
    ----------
    given : object
        A number above 0 and below 1.
    years : int
        How many are sampled; 0 where none are.

    Raises
    ------
    InvalidInput
        If it is none, or fewer than 20 of the years lie beyond it.
    """
    shares, findings = read_levels([given], years, "level")
    if findings:
        raise InvalidInput(findings, ARGUMENTS)
    return shares[0]
