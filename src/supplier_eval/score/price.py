"""Price formulas by name, and how to add one (§3.1.4).

>>> from supplier_eval.score.price import PRICE_FORMULAS
>>> PRICE_FORMULAS["lowest_over_price"].function([80.0, 100.0, 160.0])
array([100.,  80.,  50.])

All formulas share one contract, see ``price_formula.py``; ``docs/price-formulas.md`` has one row for each.
Published formulas that are another name for one of these:

- UK relative price, World Bank QCBS, CN Order 87 art. 55: ``lowest_over_price``
- ZA 80/20 and 90/10, Peru OSCE: ``linear_to_twice_lowest`` with ``factor=2``
- IT Ra/Rmax: ``linear_to_ceiling``, which is ``power_discount`` with ``alpha=1``
- DE einfache Richtwertmethode: ``performance_per_price`` with ``corridor=0``
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from supplier_eval.errors import UnknownName
from supplier_eval.score import price_ceiling, price_lowest, price_mean, price_quality
from supplier_eval.score.price_ceiling import (
    bilinear,
    concave_ceiling,
    linear_to_ceiling,
    power_discount,
    share_of_ceiling,
)
from supplier_eval.score.price_deduction import deduct
from supplier_eval.score.price_formula import Parameter, PriceFormula, PriceFunction
from supplier_eval.score.price_lowest import linear_to_twice_lowest, lowest_over_price, min_max
from supplier_eval.score.price_mean import distance_from_mean, mean_ratio, trimmed_mean_benchmark
from supplier_eval.score.price_quality import (
    performance_per_price,
    price_per_quality_point,
    reduce_prices,
    reduced_price,
)

__all__ = [
    "PRICE_FORMULAS",
    "Parameter",
    "PriceFormula",
    "PriceFunction",
    "bilinear",
    "check_parameters",
    "concave_ceiling",
    "deduct",
    "distance_from_mean",
    "linear_to_ceiling",
    "linear_to_twice_lowest",
    "lowest_over_price",
    "mean_ratio",
    "min_max",
    "performance_per_price",
    "power_discount",
    "price_formula",
    "price_per_quality_point",
    "reduce_prices",
    "reduced_price",
    "register_price_formula",
    "share_of_ceiling",
    "trimmed_mean_benchmark",
]

PRICE_FORMULAS: dict[str, PriceFormula] = {}


def register_price_formula(formula: PriceFormula) -> None:
    """Add a price formula of your own to those that a policy can name.

    Parameters
    ----------
    formula : PriceFormula
        The function with its parameters and what it promises.

    Raises
    ------
    ValueError
        If the name is taken, or is not a plain lower-case name.
    """
    if formula.name in PRICE_FORMULAS:
        raise ValueError(f"there is a price formula named {formula.name!r} already; choose another name.")
    if not formula.name.isidentifier() or formula.name != formula.name.lower():
        raise ValueError(f"{formula.name!r} is no plain name: use lower-case letters, digits and _.")
    PRICE_FORMULAS[formula.name] = formula


def price_formula(name: str) -> PriceFormula:
    """The price formula of that name.

    Parameters
    ----------
    name : str
        Key of ``PRICE_FORMULAS``.

    Returns
    -------
    PriceFormula
        Function, parameters and promises.

    Raises
    ------
    UnknownName
        If there is none; the nearest name is offered.
    """
    if name not in PRICE_FORMULAS:
        raise UnknownName("price formula", name, PRICE_FORMULAS)
    return PRICE_FORMULAS[name]


def check_parameters(name: str, parameters: Mapping[str, object], *, later: Collection[str] = ()) -> list[str]:
    """Everything that is wrong with a formula's parameters, all at once.

    Parameters
    ----------
    name : str
        Key of ``PRICE_FORMULAS``.
    parameters : mapping of str to number or array
        What a policy states, or a caller passes.
    later : collection of str
        Parameters that come later (quality marks, a ceiling of the tender): not missing yet.

    Returns
    -------
    list of str
        One sentence a problem: unknown, missing, no number, out of range; empty when all is well.

    Raises
    ------
    UnknownName
        If there is no such formula.
    """
    declared = {parameter.name: parameter for parameter in price_formula(name).parameters}
    takes = ", ".join(declared) or "no parameter"
    problems = [f"{name} does not know {key!r}; it takes {takes}" for key in parameters if key not in declared]
    for key, parameter in declared.items():
        if key in parameters:
            problems += parameter.problems(parameters[key])
        elif parameter.required and key not in later:
            problems.append(f"{name} needs {key}: {parameter.meaning}")
    return problems


for _formula in (
    *price_lowest.FORMULAS,
    *price_ceiling.FORMULAS,
    *price_mean.FORMULAS,
    *price_quality.FORMULAS,
):
    register_price_formula(_formula)
