"""Whether a weighting was given a list, a mapping, a key or a figure where it asks for one; said in words if not."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NoReturn

import numpy as np

from supplier_eval.errors import Finding, InvalidInput, UnknownName

PLACE = "judgements"
UNORDERED = (set, frozenset)


def asked_entries(given: object, column: str) -> list[Any]:
    """Take a plain sequence of entries in an order that people gave.

    Parameters
    ----------
    given : object
        What was given; a text, a set (which has no order) and a mapping are no such list.
    column : str
        Name of the argument.

    Returns
    -------
    list
        The entries.

    Raises
    ------
    InvalidInput
        If it is no such list.
    """
    flat = getattr(given, "ndim", 1) > 0
    if isinstance(given, Iterable) and flat and not isinstance(given, (str, bytes, Mapping, *UNORDERED)):
        return list(given)
    return refuse("weighting.asked.list", column, given)


def asked_labels(given: object, column: str = "names") -> list[str] | None:
    """Take names of a plain sequence as text, or None; letters may stand in one text, errors as `asked_entries`."""
    if given is None or isinstance(given, str):
        return given if given is None else list(given)
    return [str(name) for name in asked_entries(given, column)]


def asked_by_name(given: object, column: str) -> Mapping[Any, Any]:
    """Take something by name; parameters and errors as `asked_entries`."""
    return given if isinstance(given, Mapping) else refuse("weighting.asked.mapping", column, given)


def asked_key(kind: str, given: object, known: Collection[str]) -> str:
    """Take a key.

    Raises
    ------
    UnknownName
        If it is none of those known, whatever its type.
    """
    if isinstance(given, str) and given in known:
        return given
    raise UnknownName(kind, given if isinstance(given, str) else type(given).__name__, known)


def asked_above_zero(given: object, column: str) -> float:
    """Take a finite figure above zero; parameters and errors as `asked_entries`."""
    if isinstance(given, int | float | np.integer | np.floating) and not isinstance(given, bool):
        figure = float(given)
        if 0 < figure < math.inf:
            return figure
    return refuse("weighting.asked.above_zero", column, given)


def asked_places(given: object, most: int) -> int:
    """Take a number of decimal places, 0 to `most`; None for `most`, errors as `asked_entries`."""
    if given is None:
        return most
    if isinstance(given, int | np.integer) and not isinstance(given, bool) and 0 <= given <= most:
        return int(given)
    return refuse("weighting.asked.places", "places", given, most=most)


def refuse(code: str, column: str, given: object, **facts: object) -> NoReturn:
    """Say what was given instead: its kind, and a short figure or text itself.

    Raises
    ------
    InvalidInput
        Always.
    """
    kind = type(given).__name__
    said = "None" if given is None else f"{kind} {given!r}" if isinstance(given, str | int | float) else kind
    raise InvalidInput([Finding(code, PLACE, column, value=said, facts=facts)], PLACE)
