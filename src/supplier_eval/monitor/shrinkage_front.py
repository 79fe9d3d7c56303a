"""Rates and means that may be compared: each supplier's own figure, drawn to its peers' by how little it rests on.

A shrunken figure ranks, compares and watches. What a contract's consequence or a service credit is taken from is the
raw figure; every result of this module says ``shrunken, comparison``.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.monitor.asked_counts import TABLE, asked_confidence, asked_counts
from supplier_eval.monitor.beta_binomial import BetaPrior, identifiable, posterior
from supplier_eval.monitor.beta_binomial_fit import FITS
from supplier_eval.monitor.labelled_figures import Labelled, labelled
from supplier_eval.monitor.normal_means import (
    SPREADS,
    NormalPrior,
    ShrunkenMean,
    fit_normal,
    james_stein,
    shrink_normal,
)
from supplier_eval.monitor.shrunken import Shrunken, intervals_of_means

FloatArray = npt.NDArray[np.float64]
MEAN_METHODS = (*SPREADS, "james_stein")
Prior = tuple[float, float]


def shrink_rates(
    events: object,
    n: object,
    *,
    group: object = None,
    prior: Prior | None = None,
    method: str = "likelihood",
    confidence: float = 0.95,
    minimum_peers: int = 5,
) -> Shrunken:
    """Estimate every supplier's true rate from its own cases and its peers'.

    Parameters
    ----------
    events, n : Series or mapping by supplier, or list
        Good cases and cases, 0 <= events <= n; fractions are allowed (counts that lose weight with age,
        ``age_weights``).
    group : Series, mapping or list, optional
        Peer group of each supplier; without it all are peers.
    prior : (float, float), optional
        Stated beforehand: mean (0-1, both excluded) and how many cases it is worth. Used where a group has fewer than
        `minimum_peers` suppliers with cases, or where none of them has two.
    method : {"likelihood", "moments"}
        How the peers' distribution is fitted: maximum likelihood of the beta-binomial, or Kleinman's moments.
    confidence : float
        Of the credible intervals, between 0 and 1.
    minimum_peers : int
        Fewer suppliers with cases than this are not fitted; at least 2.

    Returns
    -------
    Shrunken
        In the order of the ids. A supplier without cases has the peers' mean with reliability 0 and status
        ``no_data``. Without peers and without a stated prior there is no estimate: status ``no_prior``, NaN.

    Raises
    ------
    InvalidInput
        For counts that are missing, negative or no numbers, more events than cases, suppliers that differ between
        the arguments or stand twice, a prior outside its range; all at once.
    UnknownName
        For a method that does not exist.

    Notes
    -----
    Formulas and sources: `supplier_eval.monitor.beta_binomial`, docs/estimates.md. The interval includes that the
    peers' distribution was itself estimated.

    Examples
    --------
    >>> few = se.monitor.shrink_rates({"A": 3, "B": 2850}, {"A": 3, "B": 3000}, prior=(0.9, 20))
    >>> few.to_frame()["estimate"].round(3).tolist()
    [0.913, 0.95]
    """
    if not isinstance(method, str) or method not in FITS:
        raise UnknownName("fit of rates", method, FITS)
    found: list[Finding] = []
    data = labelled({"events": events, "n": n}, group, found)
    stated = _stated(prior, found, rate=True)
    level, least = _settings(confidence, minimum_peers, found)
    if not found:
        try:
            asked_counts(data.columns["events"], data.columns["n"])
        except InvalidInput as refused:
            found += refused.findings
    if found:
        raise InvalidInput(found, TABLE)
    return _rates(data, stated, method, level, least)


def _rates(data: Labelled, stated: Prior | None, method: str, confidence: float, least: int) -> Shrunken:
    result = Shrunken.empty("rate", data, confidence, method)
    for name in sorted(set(data.groups)):
        at = np.array([one == name for one in data.groups])
        events, n = data.columns["events"][at], data.columns["n"][at]
        there = n > 0
        fitted = int(np.sum(there)) >= least and identifiable(n)
        if fitted:
            order = np.lexsort((events[there], n[there]))  # the fit sees no names
            prior = FITS[method](events[there][order], n[there][order])
        elif stated is not None:
            prior = BetaPrior(stated[0], stated[1], stated=True)
        else:
            result.unknown(at, int(np.sum(there)))
            continue
        shrunken = posterior(events, n, prior)
        result.take(at, shrunken, shrunken.interval(confidence), (prior.mean, prior.strength, int(np.sum(there))))
        result.mark(at, "peers" if fitted else "stated", there)
    return result.closed()


def shrink_means(
    means: object,
    standard_errors: object,
    *,
    group: object = None,
    prior: Prior | None = None,
    method: str = "paule_mandel",
    confidence: float = 0.95,
    minimum_peers: int = 5,
) -> Shrunken:
    """Estimate every supplier's true mean from its own mean and its peers'.

    Parameters
    ----------
    means : Series or mapping by supplier, or list
        In one unit. NaN is a supplier without data.
    standard_errors : Series or mapping by supplier, or list
        Standard error of each mean (standard deviation over the root of n), above zero, same unit; NaN where the mean
        is NaN.
    group, confidence, minimum_peers
        As in `shrink_rates`.
    prior : (float, float), optional
        Stated beforehand: mean and standard deviation of the true means around it (above zero).
    method : {"paule_mandel", "reml", "likelihood", "dersimonian_laird", "james_stein"}
        How the spread of the true means is estimated. ``james_stein`` is the classic estimator for equal standard
        errors and at least four suppliers; its factor below zero counts as zero.

    Returns
    -------
    Shrunken
        As `shrink_rates`, in the unit of the means.

    Raises
    ------
    InvalidInput
        As `shrink_rates`; also for standard errors that are not above zero and, with ``james_stein``, that differ.
    UnknownName
        For a method that does not exist.

    Notes
    -----
    Formulas and sources: `supplier_eval.monitor.normal_means`, docs/estimates.md. Intervals are normal and include
    that the peers' mean and spread were themselves estimated.

    Examples
    --------
    >>> means = {"A": 80, "B": 70, "C": 75, "D": 78, "E": 90}
    >>> variances = {"A": 4, "B": 4, "C": 4, "D": 4, "E": 25}
    >>> se.monitor.shrink_means(means, variances).to_frame()["estimate"].round(2).tolist()
    [75.84, 75.84, 75.84, 75.84, 75.84]
    """
    if not isinstance(method, str) or method not in MEAN_METHODS:
        raise UnknownName("shrinkage of means", method, MEAN_METHODS)
    found: list[Finding] = []
    data = labelled({"means": means, "standard_errors": standard_errors}, group, found, gaps=True)
    stated = _stated(prior, found, rate=False)
    level, least = _settings(confidence, minimum_peers, found)
    if not found:
        _errors_of_means(data, method, found)
    if found:
        raise InvalidInput(found, TABLE)
    return _means(data, stated, method, level, least)


def _means(data: Labelled, stated: Prior | None, method: str, confidence: float, least: int) -> Shrunken:
    result = Shrunken.empty("mean", data, confidence, method)
    for name in sorted(set(data.groups)):
        at = np.array([one == name for one in data.groups])
        y, error = data.columns["means"][at], data.columns["standard_errors"][at]
        there = ~np.isnan(y)
        peers = int(np.sum(there))
        V = np.where(there, error**2, np.inf)
        fitted = peers >= max(least, 4 if method == "james_stein" else 2)
        if fitted:
            order = np.lexsort((V[there], y[there]))
            shrunken, prior = _fit_means(y, V, there, order, method)
        elif stated is not None:
            prior = NormalPrior(stated[0], stated[1], stated=True)
            shrunken = shrink_normal(np.where(there, y, 0.0), V, prior)
        else:
            result.unknown(at, peers)
            continue
        result.take(at, shrunken, intervals_of_means(shrunken, confidence), (prior.mean, prior.spread, peers))
        result.mark(at, "peers" if fitted else "stated", there)
    return result.closed()


def _fit_means(
    y: FloatArray, V: FloatArray, there: npt.NDArray[np.bool_], order: npt.NDArray[np.intp], method: str
) -> tuple[ShrunkenMean, NormalPrior]:
    ys, Vs = y[there][order], V[there][order]
    if method != "james_stein":
        prior = fit_normal(ys, Vs, method)
        return shrink_normal(np.where(there, y, 0.0), V, prior), prior
    common = float(Vs[0])
    found, c = james_stein(ys, common)
    spread = float(np.sqrt(common * c / (1 - c))) if c < 1 else float("inf")
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    whole = [np.full(y.shape, fill) for fill in (np.mean(ys), np.hypot(spread, np.sqrt(common / len(ys))), 0.0)]
    for array, own in zip(whole, (found.estimate, found.sd, found.reliability), strict=True):
        array[there] = own[back]
    return ShrunkenMean(*whole), NormalPrior(float(np.mean(ys)), spread)


def _errors_of_means(data: Labelled, method: str, found: list[Finding]) -> None:
    """Standard errors: there where the mean is, above zero, equal where James and Stein need it."""
    y, error = data.columns["means"], data.columns["standard_errors"]
    there = ~np.isnan(y)
    wrong = there & ~(error > 0)
    if np.any(wrong):
        names = ", ".join(np.array(data.suppliers, dtype=object)[wrong][:5])
        facts = {"count": int(np.sum(wrong))}
        found.append(Finding("estimates.standard_error.positive", TABLE, "standard_errors", value=names, facts=facts))
        return
    if method != "james_stein":
        return
    for name in sorted(set(data.groups)):
        own = error[there & np.array([one == name for one in data.groups], dtype=bool)]
        if own.size and np.ptp(own) > 1e-9 * float(np.max(own)):
            said = f"{np.min(own):g} - {np.max(own):g}"
            found.append(Finding("estimates.james_stein.unequal", TABLE, "standard_errors", value=said))


def _stated(prior: object, found: list[Finding], *, rate: bool) -> Prior | None:
    """The stated prior as two figures, or a finding."""
    if prior is None:
        return None
    try:
        mean, size = (float(part) for part in prior)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        mean, size = np.nan, np.nan
    good = np.isfinite(mean) and np.isfinite(size) and size > 0 and (not rate or 0 < mean < 1)
    if not good:
        code: Literal["estimates.prior.rate", "estimates.prior.mean"]
        code = "estimates.prior.rate" if rate else "estimates.prior.mean"
        found.append(Finding(code, TABLE, "prior", value=str(prior)))
        return None
    return mean, size


def _settings(confidence: object, minimum_peers: object, found: list[Finding]) -> tuple[float, int]:
    level, least = 0.95, 2
    try:
        level = asked_confidence(confidence)
    except InvalidInput as refused:
        found += refused.findings
    if isinstance(minimum_peers, int | np.integer) and not isinstance(minimum_peers, bool) and minimum_peers >= 2:
        least = int(minimum_peers)
    else:
        found.append(Finding("estimates.minimum_peers.range", TABLE, "minimum_peers", value=str(minimum_peers)))
    return level, least
