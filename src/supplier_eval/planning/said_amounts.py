"""Money, shares and volumes as the sentences on planning say them (convention §11)."""

from __future__ import annotations

import math

from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, message
from supplier_eval.messages.minus import said_figure
from supplier_eval.risk.said_figures import figure_text
from supplier_eval.score.order import round_half_up

LARGE = 1000.0
CONFIDENCE = 0.95


def money_text(amount: float) -> str:
    """An amount of money: whole units from a thousand on, four significant digits below.

    Parameters
    ----------
    amount : float
        In units of a currency.
    """
    if math.isfinite(amount) and abs(amount) >= LARGE:
        return said_figure(f"{float(round_half_up(amount, 0)):,.0f}")
    return figure_text(amount, 4)


def points_text(value: float, places: int) -> str:
    """Points or a value of 0-100 with so many decimals, rounded half up like in every table."""
    return said_figure(f"{float(round_half_up(value, places)):.{places}f}")


def volume_text(volume: float, driver: str, unit: str) -> str:
    """A volume with its unit; the driver stands beside it where its name is not the unit."""
    said = f"{money_text(volume)} {unit or driver}"
    return said if not unit or id_key(unit) == id_key(driver) else f"{said} ({driver})"


def never_bound(draws: int) -> float:
    """Largest chance of an event that stays out of so many independent draws with 5 % probability.

    Parameters
    ----------
    draws : int
        1 or more.

    Returns
    -------
    float
        The exact one-sided bound :math:`1 - 0.05^{1/n}` (Clopper and Pearson, *Biometrika* 26, 1934), about 3/n.
    """
    return -math.expm1(math.log1p(-CONFIDENCE) / draws)


def share_text(share: float, error: float, draws: int, lang: Lang = "en") -> str:
    """In how many drawn worlds something holds.

    Parameters
    ----------
    share, error : float
        Fraction of 1 and its standard error.
    draws : int
        Worlds.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        A share with its standard error; of none and of all the exact bound in place of an error of nothing.
    """
    facts: dict[str, object] = {"draws": f"{draws:,}"}
    if share in {0.0, 1.0}:
        bound = 100 * never_bound(draws)
        places = 1 - math.floor(math.log10(bound))
        code = "planning.share.all" if share else "planning.share.none"
        return message(code, lang, bound=f"{100 - bound if share else bound:.{places}f}", **facts)
    if error <= 0:  # the same fraction of every world: nothing was left to chance
        return message("planning.share.tied", lang, share=f"{100 * share:.1f}", **facts)
    places = max(1, -math.floor(math.log10(100 * error)))
    said = {"share": f"{100 * share:.{places}f}", "error": f"{100 * error:.{places}f}"}
    return message("planning.share.some", lang, **said, **facts)
