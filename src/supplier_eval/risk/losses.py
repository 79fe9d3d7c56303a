"""What a register of risks may cost in a year: sampled with explicit errors, beside what is known exactly (§6.1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.risk.loss_levels import read_levels
from supplier_eval.risk.loss_register import read_register
from supplier_eval.risk.loss_sampling import sample_years
from supplier_eval.risk.losses_result import AnnualLosses
from supplier_eval.risk.records import asked

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.risk.loss_model import LossModel

LEVELS = (0.95, 0.99)
YEARS = 100_000
FEWEST_YEARS, MOST_YEARS = 1000, 100_000_000
MOST_DRAWS = 1e10


def simulate_losses(
    register: pd.DataFrame,
    shocks: pd.DataFrame | None = None,
    *,
    years: int = YEARS,
    levels: Sequence[float] = LEVELS,
    seed: int = 0,
) -> AnnualLosses:
    """Say what the risks of a register may cost in a year: on average, in a bad year, and how often more than a sum.

    Parameters
    ----------
    register : DataFrame
        ``risk`` (id, str); ``low``, ``high`` (money above 0: 5 % and 95 % quantile of the loss of one event, lognormal;
        equal ones are a fixed loss); ``frequency`` (events per year, 0 to 100 000); optional ``dispersion`` (variance /
        mean of the events per year: 1 or empty is Poisson, above 1 negative binomial), ``currency`` (one only). A risk
        with `low`, `high` or `frequency` missing is not assessed: it is named and in no figure.
    shocks : DataFrame, optional
        Causes that hit several risks at once, a row for each risk hit: ``shock`` (id), ``risk``, ``frequency`` (shocks
        per year, the same in all rows of a shock), optional ``probability`` (that a shock brings an event of that
        risk; empty is 1). These events come on top of a risk's own.
    years : int
        Years to simulate, 1000 to 100 million; their losses are kept, 8 bytes each.
    levels : sequence of float
        Of VaR and TVaR, above 0 and below 1; at least 20 years must lie beyond each.
    seed : int
        Not negative. The same seed gives the same years, whatever the order of rows.

    Returns
    -------
    AnnualLosses

    Raises
    ------
    InvalidInput
        With every finding: cells wrong, `low` above `high`, two currencies, shocks of unknown risks or of two
        frequencies, arguments out of range, more than ten thousand million events to draw.

    Examples
    --------
    >>> import pandas as pd
    >>> register = pd.DataFrame({"risk": ["outage", "leak"], "frequency": [2.0, 0.1]})
    >>> register = register.assign(low=[10_000, 100_000], high=[80_000, 2_000_000])  # 90 % of the losses lie between
    >>> se.risk.simulate_losses(register, years=20_000, seed=1)
    AnnualLosses(2 risks, 20,000 years; mean 136,777, VaR 0.99 1,545,814)
    """
    findings, whole = _arguments(years, seed)
    shares, wrong = read_levels(levels, whole)
    found, broken = read_register(register, shocks)
    findings += wrong + broken
    if found is not None and not found.model.risks and not found.not_assessed:
        findings.append(Finding("losses.empty", "register"))
    if found is not None and _events(found.model) * whole > MOST_DRAWS:
        facts = {"years": f"{whole:,}", "events": f"{_events(found.model):,.6g}"}
        findings.append(Finding("losses.too_many", "register", "frequency", facts=facts))
    if findings or found is None:
        raise InvalidInput(findings, "register")
    losses = np.sort(sample_years(found.model, found.keys, found.shock_keys, whole, int(seed)))
    losses.setflags(write=False)
    return AnnualLosses(found.model, losses, shares, int(seed), found.not_assessed, found.currency)


def _events(model: LossModel) -> float:
    """Events per year."""
    own = sum(risk.frequency.mean for risk in model.risks)
    return own + sum(shock.frequency * len(shock.hits) for shock in model.shocks)


def _whole(given: object, least: int) -> bool:
    return isinstance(given, int | np.integer) and not isinstance(given, bool) and int(given) >= least


def _arguments(years: object, seed: object) -> tuple[list[Finding], int]:
    findings = [] if _whole(seed, 0) else [asked("asked.whole", "seed", seed, least=0)]
    whole = int(years) if isinstance(years, int | np.integer) and not isinstance(years, bool) else 0
    if not FEWEST_YEARS <= whole <= MOST_YEARS:
        facts = {"least": f"{FEWEST_YEARS:,}", "most": f"{MOST_YEARS:,}"}
        findings.append(Finding("losses.years", "arguments", "years", value=str(years), facts=facts))
        whole = 0
    return findings, whole
