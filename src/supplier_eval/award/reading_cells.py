"""Single cells of an award problem: exact figures, shares, ids, yes or no; a text, a number or a truth value each."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from supplier_eval.intake.cell_values import NO, YES, Problem, fold_width, parse_yes_no
from supplier_eval.intake.identifiers import normalise_id, tidy_text
from supplier_eval.intake.numbers import parse_number

LARGEST = 30
FINEST = 60
JOINT = "|"
PLAIN = frozenset({str, int, float, Decimal, Fraction})
WORDS = (YES | NO) - {"0", "1"}


@dataclass(frozen=True)
class Marks:
    """How written figures are read: as in `parse_number`; without a declared mark what is ambiguous is refused."""

    decimal: str | None = None
    thousands: str = ""
    currency: str = ""


TYPED = Marks(decimal=".")


def is_blank(cell: object) -> bool:
    """True for an empty cell: None, nothing but spaces, NaN, pandas' NA and NaT."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell or not cell.strip()
    if isinstance(cell, float):
        return math.isnan(cell)
    if isinstance(cell, Decimal):
        return cell.is_nan()
    return type(cell).__name__ in {"NAType", "NaTType"}


def figure_of(cell: object, marks: Marks = TYPED) -> Fraction | Problem:
    """An exact figure: all digits of what is written, and of a binary number the digits that it is shown with."""
    if isinstance(cell, str):
        read = parse_number(cell, marks.decimal, marks.thousands, currency=marks.currency)
        return Fraction(read) if isinstance(read, Decimal) else Problem(read.code, read.value)
    exact = _exact(cell)
    return Problem("number.not_a_number", str(cell)) if exact is None else exact


def _is_bool(cell: object) -> bool:
    """True for Python's and numpy's truth values."""
    return isinstance(cell, bool) or type(cell).__name__ in {"bool_", "bool"}


def _exact(cell: object) -> Fraction | None:
    """The figure of a number; None for what is none, is not finite, or has more digits than anything measured."""
    if isinstance(cell, Decimal):
        return Fraction(cell) if cell.is_finite() and -FINEST <= cell.adjusted() <= LARGEST else None
    if isinstance(cell, numbers.Rational) and not _is_bool(cell):
        near = abs(cell) <= 10**LARGEST and cell.denominator <= 10**FINEST
        return Fraction(int(cell.numerator), int(cell.denominator)) if near else None
    if isinstance(cell, numbers.Real) and not _is_bool(cell):
        return _exact(Decimal(repr(float(cell))))
    return None


def _money(cell: object, marks: Marks) -> Fraction | Problem:
    read = figure_of(cell, marks)
    if isinstance(read, Fraction) and read.numerator < 0:
        return Problem("award.negative", str(cell))
    return read


def _quantity(cell: object, marks: Marks) -> Fraction | Problem:
    read = figure_of(cell, marks)
    if isinstance(read, Fraction) and read.numerator <= 0:
        return Problem("award.not_positive", str(cell))
    return read


def share_of(cell: object, marks: Marks = TYPED) -> Fraction | Problem:
    """A fraction of 1; a text may also say it in percent, with the sign."""
    text = fold_width(cell) if isinstance(cell, str) else ""
    read = figure_of(text[:-1], marks) if text.endswith("%") else figure_of(cell, marks)
    if isinstance(read, Problem):
        return Problem(read.code, str(cell))
    share = read / 100 if text.endswith("%") else read
    return share if 0 <= share <= 1 else Problem("award.share", str(cell))


def name_of(cell: object, _: Marks = TYPED) -> str | Problem:
    """An id: a text without ``|``, or a whole number as it is written."""
    if isinstance(cell, str):
        name = normalise_id(cell)
        return name if name and JOINT not in name else Problem("award.id_bar" if name else "award.not_text", cell)
    if isinstance(cell, numbers.Integral) and not _is_bool(cell):
        return str(int(cell))
    return Problem("award.not_text", str(cell))


def _text(cell: object, _: Marks) -> str | Problem:
    """A text such as a region or a clause."""
    return tidy_text(cell) if isinstance(cell, str) else name_of(cell)


def yes_no_of(cell: object, _: Marks = TYPED) -> bool | Problem:
    """A truth value, 0 or 1, or a word for it."""
    if _is_bool(cell):
        return bool(cell)
    return parse_yes_no(f"{cell:g}" if isinstance(cell, float) else str(cell))


def names_of(cell: object, _: Marks = TYPED) -> tuple[str, ...] | Problem:
    """Ids: a list, or one text with ``|`` between them; sorted, each once."""
    if isinstance(cell, str):
        given: list[Any] = [part for part in cell.split(JOINT) if part.strip()]
    elif isinstance(cell, Mapping) or not isinstance(cell, Iterable):
        given = [cell]
    else:
        given = list(cell)
    read = [name_of(part) for part in given]
    bad = [part for part in read if isinstance(part, Problem)]
    return bad[0] if bad else tuple(sorted({str(part) for part in read}))


def attribute_of(cell: object, _: Marks = TYPED) -> object:
    """An attribute as it is kept: truth value, exact figure, or text."""
    if isinstance(cell, str):
        return tidy_text(cell)
    if _is_bool(cell):
        return bool(cell)
    exact = _exact(cell)
    return Problem("award.attribute_shape", type(cell).__name__) if exact is None else exact


def _as_it_is(cell: object, _: Marks) -> object:
    return cell


KINDS: dict[str, Callable[[object, Marks], object]] = {
    "id": name_of,
    "text": _text,
    "ids": names_of,
    "yes_no": yes_no_of,
    "figure": figure_of,
    "money": _money,
    "quantity": _quantity,
    "share": share_of,
    "attribute": attribute_of,
    "any": _as_it_is,
}


class Reader:
    """Reads the cells of one column; an equal cell is read only once.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    marks : Marks
        How written figures are read.
    """

    def __init__(self, kind: str, marks: Marks = TYPED) -> None:
        self._read, self._marks = KINDS[kind], marks
        self._known: dict[tuple[type, object], object] = {}

    def __call__(self, cell: object) -> object:
        """The value of a cell that is not blank, or its problem."""
        if cell.__class__ not in PLAIN:
            return self._read(cell, self._marks)
        key = (cell.__class__, cell)
        if key not in self._known:
            self._known[key] = self._read(cell, self._marks)
        return self._known[key]


def attribute_reader(texts: Iterable[str], marks: Marks) -> Callable[[object], object]:
    """How a written column of attributes is read: figures or yes/no where every filled cell is one, else text.

    Figures with leading zeros are ids, and 0 and 1 are figures.
    """
    filled = [text for text in texts if text.strip()]
    if filled and all(_is_figure(text, marks) for text in filled):
        return Reader("figure", marks)
    if filled and all(fold_width(text).casefold() in WORDS for text in filled):
        return Reader("yes_no", marks)
    return Reader("attribute", marks)


def _is_figure(text: str, marks: Marks) -> bool:
    plain = fold_width(text).lstrip("+-")
    if len(plain) > 1 and plain[0] == "0" and plain[1].isdigit():
        return False
    return isinstance(figure_of(text, marks), Fraction)
