"""Whether a question was given what it asks for: a sheet, a tender, a mapping; said in words where it was not."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import catalogue

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.tender import Tender
    from supplier_eval.policy.document import Policy
    from supplier_eval.rank.points import PointsRanking
    from supplier_eval.score.sheet import ScoreSheet

TABLE = "arguments"
Kind = TypeVar("Kind")


def asked_sheet(given: object, name: str = "sheet") -> ScoreSheet:
    """Take a score sheet; anything else is refused with where to get one.

    Parameters
    ----------
    given : object
        What was given.
    name : str
        Name of the argument.

    Raises
    ------
    InvalidInput
        If it is none.
    """
    from supplier_eval.score.sheet import ScoreSheet

    return given if isinstance(given, ScoreSheet) else _refuse("asked.sheet", name, given)


def asked_tender(given: object, name: str = "tender") -> Tender:
    """Take a tender; parameters and errors as `asked_sheet`."""
    from supplier_eval.intake.tender import Tender

    return given if isinstance(given, Tender) else _refuse("asked.tender", name, given)


def asked_ranking(given: object, name: str = "ranking") -> PointsRanking:
    """Take a ranking by points; parameters and errors as `asked_sheet`."""
    from supplier_eval.rank.points import PointsRanking

    return given if isinstance(given, PointsRanking) else _refuse("asked.ranking", name, given)


def asked_mapping(given: object, name: str) -> Mapping[str, object]:
    """Take figures by name; parameters and errors as `asked_sheet`."""
    return given if isinstance(given, Mapping) else _refuse("asked.mapping", name, given)


def asked_text(given: object, name: str) -> str:
    """Take a name; parameters and errors as `asked_sheet`."""
    return given if isinstance(given, str) else _refuse("asked.text", name, given)


def asked_names(given: object, name: str) -> tuple[str, ...]:
    """Take names; one text is one name, parameters and errors as `asked_sheet`."""
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Iterable):
        return _refuse("asked.names", name, given)
    names = tuple(given)
    wrong = [one for one in names if not isinstance(one, str)]
    return _refuse("asked.names", name, wrong[0]) if wrong else names


def asked_policy(given: object, name: str = "policy") -> Policy:
    """Take a policy; parameters and errors as `asked_sheet`."""
    from supplier_eval.policy.document import Policy

    return given if isinstance(given, Policy) else _refuse("asked.policy", name, given)


def asked_frame(given: object, name: str) -> pd.DataFrame:
    """Take a table; parameters and errors as `asked_sheet`."""
    import pandas as pd

    return given if isinstance(given, pd.DataFrame) else _refuse("asked.frame", name, given)


def asked_whole(given: object, name: str, least: int = 0) -> int:
    """Take a whole number of at least `least`; true and false are none, errors as `asked_sheet`."""
    if isinstance(given, int | np.integer) and not isinstance(given, bool) and given >= least:
        return int(given)
    return _refuse("asked.whole", name, given, least=least)


def asked_figure(given: object, name: str, least: float = -math.inf, *, above: bool = False) -> float:
    """Take a finite figure of at least `least` (or above it); texts and truth values are none, errors as `asked_sheet`.

    Parameters
    ----------
    given : object
        What was given: a number of Python, of numpy, or a decimal.
    name : str
        Name of the argument.
    least : float
        The lowest figure that will do.
    above : bool
        Whether the figure must be above `least`.
    """
    figure = math.nan
    if isinstance(given, int | float | Decimal | np.integer | np.floating) and not isinstance(given, bool):
        figure = float(given)
    if math.isfinite(figure) and (figure > least or (figure == least and not above)):
        return figure
    code = "asked.figure.any" if least == -math.inf else "asked.figure.above" if above else "asked.figure"
    return _refuse(code, name, given, **({} if least == -math.inf else {"least": f"{least:g}"}))


def asked_yes_no(given: object, name: str) -> bool:
    """Take true or false; parameters and errors as `asked_sheet`."""
    return bool(given) if isinstance(given, bool | np.bool_) else _refuse("asked.yes_no", name, given)


def asked_kind(given: object, kind: type[Kind], name: str) -> Kind:
    """Take an object of a class of this package; errors as `asked_sheet`, naming the class."""
    return given if isinstance(given, kind) else _refuse("asked.kind", name, given, kind=kind.__name__)


def asked_each(given: object, kind: type[Kind], name: str) -> tuple[Kind, ...]:
    """Take objects of a class of this package; one alone is taken too, errors as `asked_kind`."""
    if isinstance(given, kind):
        return (given,)
    many = given if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    return tuple(asked_kind(one, kind, name) for one in many)


def asked_path(given: object, name: str) -> Path:
    """Take a path, as text or as a path; errors as `asked_sheet`."""
    return Path(given) if isinstance(given, str | Path) else _refuse("asked.path", name, given)


def asked_together(*asks: Callable[[], object]) -> None:
    """Ask several things and refuse all that is wrong at once.

    Parameters
    ----------
    *asks : callable
        Each asks one thing of this module.

    Raises
    ------
    InvalidInput
        With every finding, in the order asked.
    """
    found: list[Finding] = []
    for ask in asks:
        try:
            ask()
        except InvalidInput as refused:
            found += refused.findings
    if found:
        raise InvalidInput(found, TABLE)


def _refuse(code: str, name: str, given: object, **facts: object) -> NoReturn:
    """Say what was given instead, and nothing of its content: it can be a whole table."""
    kind = type(given).__name__
    said = "None" if given is None else f"{kind} {given!r}" if isinstance(given, str | int | float) else kind
    hinted = (f"{code}.{kind}", f"{code}.{name}", code)
    chosen = next(one for one in hinted if one in catalogue())
    raise InvalidInput([Finding(chosen, TABLE, name, value=said, facts=facts)], TABLE)
