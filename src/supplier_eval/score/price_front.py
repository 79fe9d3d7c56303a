"""Price scores with labels: prices of suppliers in, scores of the same suppliers out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from numbers import Real
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.score.price import check_parameters, price_formula

if TYPE_CHECKING:
    import pandas as pd

    Labelled: TypeAlias = "pd.Series[Any] | Mapping[Any, Any] | Sequence[Any] | npt.NDArray[Any]"


def price_scores(
    prices: Labelled,
    formula: str = "lowest_over_price",
    *,
    eligible: Labelled | None = None,
    **parameters: object,
) -> pd.Series[float]:
    """Score the prices of one tender with a formula of ``PRICE_FORMULAS``.

    Parameters
    ----------
    prices : Series, mapping or sequence
        Evaluated prices by bid, > 0, one currency and tax basis; a sequence is labelled 0, 1, 2, ….
    formula : str
        Name of the formula.
    eligible : Series, mapping or sequence of bool, or None
        Who counts; None for all. A bid that does not count may have no price.
    **parameters : number, Series, mapping or sequence
        Parameters of the formula. A figure for each bid (``quality``) is matched by label where it has
        labels, by position where it has none.

    Returns
    -------
    Series
        Scores on 0-100, named ``price_score``, labelled like the prices; NaN for bids that do not count.

    Raises
    ------
    InvalidInput
        With every finding: ``prices.price.missing``, ``.not_a_number``, ``.infinite``, ``.not_positive``,
        ``prices.bid.duplicate``.
    UnknownName
        If there is no such formula.
    ValueError
        With every problem of the parameters.

    Notes
    -----
    Nothing is filled in. With a formula that has a ceiling, a price above it scores 0; a bid that the ceiling
    rules out is one that does not count.

    Examples
    --------
    >>> prices = {"A": 100.0, "B": 125.0, "C": 200.0}
    >>> se.score.price_scores(prices).to_dict()
    {'A': 100.0, 'B': 80.0, 'C': 50.0}
    >>> se.score.price_scores(prices, "linear_to_twice_lowest", factor=2).to_dict()
    {'A': 100.0, 'B': 75.0, 'C': 0.0}
    """
    import pandas as pd

    rule = price_formula(formula)
    asked = prices if isinstance(prices, pd.Series) else _series(prices)
    counts = _mask(eligible, asked)
    figures = _checked(asked, counts)
    per_bid = {parameter.name for parameter in rule.parameters if parameter.per_bid}
    given, problems = {}, []
    for name, value in parameters.items():
        try:
            given[name] = _beside(value, asked.index, name) if name in per_bid else value
        except ValueError as problem:
            problems.append(str(problem))
    names = {**given, **{name: 0.0 for name in parameters if name not in given}}
    problems += check_parameters(formula, names)
    if problems:
        raise ValueError("; ".join(problems) + ".")
    scores = rule.function(figures, counts, **given)
    return pd.Series(scores, index=asked.index, name="price_score", dtype="float64")


def _series(values: Labelled) -> pd.Series[Any]:
    import pandas as pd

    if isinstance(values, Mapping):
        return pd.Series(list(values.values()), index=pd.Index(list(values), dtype=object), dtype=object)
    return pd.Series(list(values), dtype=object)


def _beside(values: object, index: pd.Index[Any], name: str) -> npt.NDArray[Any]:
    """Figures of each bid in the order of the prices, matched by label where there are labels."""
    import pandas as pd

    if isinstance(values, str) or not isinstance(values, Sized):
        raise ValueError(f"{name} needs one figure a bid, not {values!r}")
    if not isinstance(values, pd.Series | Mapping):
        if len(values) != len(index):
            raise ValueError(f"{name} has {len(values)} figures for {len(index)} bids")
        return np.asarray(values)
    labelled = values if isinstance(values, pd.Series) else _series(values)
    if not labelled.index.is_unique:
        raise ValueError(f"{name} has more than one figure for the same bid")
    absent = [str(label) for label in index if label not in labelled.index]
    if absent:
        raise ValueError(f"{name} has no figure for {', '.join(absent[:8])}")
    return np.asarray(labelled.reindex(index).tolist())


def _mask(eligible: Labelled | None, prices: pd.Series[Any]) -> npt.NDArray[np.bool_]:
    if eligible is None:
        return np.ones(len(prices), dtype=bool)
    mask = _beside(eligible, prices.index, "eligible")
    if mask.dtype != np.bool_ and mask.size:
        raise ValueError("eligible must say True or False for every bid.")
    return mask.astype(bool)


def _checked(prices: pd.Series[Any], counts: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Prices as floats, NaN where a bid does not count; every finding at once."""
    findings = [
        Finding("prices.bid.duplicate", "prices", "bid", value=str(bid))
        for bid in prices.index[prices.index.duplicated()].unique()
    ]
    figures = np.full(len(prices), np.nan)
    for place, (bid, price) in enumerate(zip(prices.index, prices.tolist(), strict=True)):
        if not counts[place]:
            continue
        problem = _problem(price)
        if problem:
            findings.append(
                Finding(f"prices.price.{problem}", "prices", "price", value=str(price), facts={"bid": str(bid)})
            )
        else:
            figures[place] = float(price)
    if findings:
        raise InvalidInput(findings)
    return figures


def _problem(price: object) -> str | None:
    """What is wrong with one price, as the last word of its code."""
    import decimal

    import pandas as pd

    if price is None or price is pd.NA or price is pd.NaT:
        return "missing"
    if isinstance(price, bool | np.bool_) or not isinstance(price, Real | decimal.Decimal):
        return "not_a_number"
    figure = float(price)
    if np.isnan(figure):
        return "missing"
    if np.isinf(figure):
        return "infinite"
    return None if figure > 0 else "not_positive"
