"""Figures as they are printed, and as a result holds them: what stands on a page is looked up in what was computed."""

from __future__ import annotations

import bisect
import dataclasses
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel

FIGURE = re.compile(r"(?<![A-Za-z0-9_.,:-])[−-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![A-Za-z0-9_]|[.:,-]\d)(?:\s?%)?")
"""A printed number that is no part of a word, an id, a date or a time."""


class Seen(HTMLParser):
    """What a reader sees of a page: texts of elements and words of pictures, one line each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in {"style", "script", "title"}
        self.lines += [value for name, value in attrs if name in {"alt", "aria-label"} and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "script", "title"}

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.lines.append(data.strip())


def printed(lines: Sequence[str], *, places: int = 2) -> list[str]:
    """Numbers with at least `places` decimals, or with thousands: what nobody counts on the fingers, no years."""
    found = [figure for line in lines for figure in FIGURE.findall(line)]
    return [one for one in found if places_of(one) >= places or "," in one]


def places_of(figure: str) -> int:
    """Decimals of a printed number."""
    return len(figure.rstrip(" %").partition(".")[2])


def value_of(figure: str) -> Decimal:
    """A printed number as a number."""
    return Decimal(figure.rstrip(" %").replace(",", "").replace("−", "-"))


@dataclasses.dataclass
class Held:
    """All numbers that stand in some results, in what they are made of, and in the tables that they give.

    Parameters
    ----------
    results : tuple of object
        Looked through to the last field.
    hundredfold : bool
        A share may stand as so many points of a hundred, without the sign.
    without : tuple of str
        Fields that are left out: raw records, which hold nearly every number.
    """

    results: tuple[object, ...]
    hundredfold: bool = False
    without: tuple[str, ...] = ()

    @cached_property
    def figures(self) -> list[float]:
        """In ascending order, without their signs."""
        return sorted({abs(number) for number in _numbers(self.results, {}, frozenset(self.without))})

    def has(self, figure: str) -> bool:
        """Whether some number rounds to the figure as it is printed; a share may stand as a percentage."""
        told, half = abs(float(value_of(figure))), 0.5 * 10.0 ** -places_of(figure)
        shares = (1.0, 100.0) if self.hundredfold or figure.endswith("%") else (1.0,)
        return any(self._near(told / unit, (half * (1 + 1e-6) + 1e-9 * told) / unit) for unit in shares)

    def _near(self, told: float, slack: float) -> bool:
        at = bisect.bisect_left(self.figures, told - slack)
        return at < len(self.figures) and self.figures[at] <= told + slack


def altered(figure: str) -> str:
    """The figure with another last digit."""
    last = len(figure.rstrip(" %")) - 1
    return f"{figure[:last]}{(int(figure[last]) + 5) % 10}{figure[last + 1 :]}"


PLAIN = bool | np.bool_ | None | bytes | type | date | datetime
NUMBER = int | float | Decimal | Fraction | np.integer | np.floating


def _numbers(found: object, seen: dict[int, object], without: frozenset[str]) -> Iterator[float]:
    if isinstance(found, str):
        yield from (float(value_of(figure)) for figure in FIGURE.findall(found))
    elif isinstance(found, NUMBER) and not isinstance(found, bool):
        yield from [float(found)] if math.isfinite(found) else []
    elif not isinstance(found, PLAIN) and id(found) not in seen:
        seen[id(found)] = found  # kept, so that no other value gets its place in memory
        for value in _parts(found, without):
            yield from _numbers(value, seen, without)


def _parts(found: Any, without: frozenset[str]) -> Iterator[object]:
    """What a value is made of: items, columns, fields, properties, and the tables that a result gives."""
    if isinstance(found, np.ndarray | pd.Series | pd.Index):
        yield from np.asarray(found).ravel().tolist()
    elif isinstance(found, pd.DataFrame):
        yield from (found[column] for column in found.columns)
    elif isinstance(found, Mapping):
        yield from (*found.keys(), *found.values())
    elif isinstance(found, Sequence | set | frozenset):
        yield from (len(found), *found)
    elif dataclasses.is_dataclass(found) or isinstance(found, BaseModel):
        frames = [name for name in dir(type(found)) if name.endswith("_frame") and name not in {"from_frame", "_frame"}]
        for name in (*(_names(found) - without), *frames):
            try:
                value = getattr(found, name)
                yield value() if name in frames else value
            except (ValueError, AttributeError, TypeError, LookupError, ArithmeticError):
                continue


def _names(found: Any) -> set[str]:
    own = {name for name in dir(type(found)) if isinstance(getattr(type(found), name), property | cached_property)}
    fields = type(found).model_fields if isinstance(found, BaseModel) else found.__dataclass_fields__
    return {*fields, *(name for name in own if not name.startswith(("_", "model_")))}
