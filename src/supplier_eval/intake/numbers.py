"""Numbers as people write them, read by declared marks; what can be read in two ways is refused.

The public readers of single cells can be taken from here together: numbers, dates, yes or no, ids, text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from supplier_eval.intake.cell_values import (
    Figure,
    ParsedColumn,
    Problem,
    fold_width,
    parse_column,
    parse_yes_no,
)
from supplier_eval.intake.dates import parse_date, parse_moment
from supplier_eval.intake.identifiers import id_key, look_alikes, normalise_id, tidy_text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = [
    "Figure",
    "ParsedColumn",
    "Problem",
    "id_key",
    "look_alikes",
    "normalise_id",
    "parse_column",
    "parse_date",
    "parse_moment",
    "parse_number",
    "parse_percent",
    "parse_yes_no",
    "plain_numbers",
    "tidy_text",
]

LONGEST = 60
CURRENCY_MARKS: dict[str, frozenset[str]] = {
    "CNY": frozenset({"¥", "元", "人民币", "RMB", "CN¥", "CNY"}),
    "JPY": frozenset({"¥", "円", "日元", "JP¥", "JPY"}),
    "USD": frozenset({"$", "US$", "美元", "USD"}),
    "EUR": frozenset({"€", "欧元", "EUR"}),
    "GBP": frozenset({"£", "英镑", "GBP"}),
    "HKD": frozenset({"HK$", "港元", "港币", "HKD"}),
}
ANY_MARK = frozenset().union(*CURRENCY_MARKS.values(), "₩₽₹฿₫₪₴₺")
SCALES = re.compile(r"[十百千万亿萬億].*|k|m|mn|mio|bn|w|thousand|million|billion", re.IGNORECASE)
FRAME = re.compile(
    r"(?P<minus>-?)\s*(?P<head>[^\d\s.,'+\-](?:[^\d.,'+\-]*[^\d\s.,'+\-])?)?\s*"
    r"(?P<core>[-+]?[\d.,' ]*\d)\s*(?P<tail>\D*)",
    re.ASCII,
)
EXPONENT = re.compile(r"[-+]?[\d.,]*\d[eE][-+]?\d+", re.ASCII)
PLAIN = {
    ".": re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"),
    "": re.compile(r"-?[0-9]{1,15}(?:\.(?:[0-9]{1,2}|[0-9]{4,15}))?"),
}


def parse_number(text: str, decimal: str | None = ".", thousands: str = "", *, currency: str = "") -> Decimal | Problem:
    """Read one number, exactly, by the marks that were declared.

    Parameters
    ----------
    text : str
        One cell; full-width digits and odd spaces are understood. A `Figure` (a number that a workbook
        stores) has a decimal point, whatever is declared.
    decimal : {".", ","} or None
        Decimal mark; None where none was declared (with declared `thousands`, the other of the two marks).
    thousands : {"", ",", ".", " ", "'"}
        Mark between groups of three digits; empty where there is none.
    currency : str
        Declared currency (ISO 4217); only its own signs may stand beside the figure.

    Returns
    -------
    Decimal or Problem
        The figure with all its digits. Codes: ``number.`` followed by ``empty``, ``ambiguous`` (no mark
        declared, and the only one stands before exactly three digits), ``locale_undeclared``, ``separator``
        (a mark that was not declared), ``grouping``, ``currency_sign``, ``percent_sign``, ``scaled``
        (``12万``), ``parentheses``, ``exponent``, ``too_long`` and ``not_a_number``.

    Raises
    ------
    ValueError
        When the two marks are the same or unknown.

    Notes
    -----
    Without declared marks ``1.234`` and ``1,234`` are refused; ``0.125`` and ``1234.567`` can only be
    decimals and are read.
    """
    if decimal not in {".", ",", None} or thousands not in {"", ",", ".", " ", "'"} or decimal == thousands:
        raise ValueError(f"decimal mark {decimal!r} and thousands mark {thousands!r} do not go together")
    if isinstance(text, Figure):
        decimal, thousands = ".", ""
    if decimal is None and thousands:
        decimal = "," if thousands == "." else "."
    figure = fold_width(text)
    code = _outside(figure)
    if code:
        return Problem(code, text)
    frame = FRAME.fullmatch(figure)
    if frame is None:
        return Problem("number.not_a_number", text)
    code = _marks(frame["head"] or "", frame["tail"].strip(), currency)
    core = frame["core"]
    if code or (frame["minus"] and core[0] in "+-"):
        return Problem(code or "number.not_a_number", text)
    value = _figure(core.lstrip("+-"), decimal, thousands)
    if isinstance(value, str):
        return Problem(value, text)
    return -value if value and (frame["minus"] or core[0] == "-") else value


def parse_percent(text: str, decimal: str | None = ".", thousands: str = "") -> Decimal | Problem:
    """Read a percentage, in percentage points: ``12.5%`` and ``12.5`` are both 12.5.

    Parameters
    ----------
    text, decimal, thousands
        As in `parse_number`.

    Returns
    -------
    Decimal or Problem
        Percentage points. Without the sign a figure above 0 and up to 1 is ``number.percent_or_fraction``:
        0.5 may mean a half or half a percent; write ``0.5%`` or ``50%``.
    """
    figure = fold_width(text)
    signed = figure.endswith("%")
    if isinstance(text, Figure):
        decimal, thousands = ".", ""
    value = parse_number(figure[:-1] if signed else figure, decimal, thousands)
    if isinstance(value, Problem):
        return Problem(value.code, text)
    if not signed and 0 < abs(value) <= 1:
        return Problem("number.percent_or_fraction", text)
    return value


def plain_numbers(texts: Sequence[str], decimal: str | None = ".") -> npt.NDArray[np.float64] | None:
    """Read a large column at once when every cell is a plain number; the quick way for clean files.

    Parameters
    ----------
    texts : sequence of str
        Cells of one column.
    decimal : {".", None}
        As in `parse_number`, without thousands mark.

    Returns
    -------
    ndarray of float64, shape (n,), or None
        None as soon as one cell is empty or needs `parse_number`; then read the column with `parse_column`.
    """
    if decimal not in {".", None}:
        return None
    import numpy as np

    matches = PLAIN["." if decimal else ""].fullmatch
    if not all(map(matches, texts)):
        return None
    return np.fromiter(map(float, texts), dtype=np.float64, count=len(texts))


def _outside(figure: str) -> str:
    """Code for a cell that is refused before its digits are looked at; empty when it is not."""
    if not figure:
        return "number.empty"
    if len(figure) > LONGEST:
        return "number.too_long"
    if figure[0] == "(" and figure[-1] == ")":
        return "number.parentheses"
    if figure[-1] in "%‰":
        return "number.percent_sign"
    return "number.exponent" if EXPONENT.fullmatch(figure) else ""


def _marks(head: str, tail: str, currency: str) -> str:
    """Code for what stands before and after the digits; empty when it is nothing or the declared currency."""
    own = CURRENCY_MARKS.get(currency, frozenset({currency}))
    for mark in filter(None, (head, tail)):
        if mark.upper() in own:
            continue
        if mark.upper() in ANY_MARK or re.fullmatch("[A-Z]{3}", mark):
            return "number.currency_sign"
        if mark == tail and SCALES.fullmatch(mark):
            return "number.scaled"
        return "number.not_a_number"
    return ""


def _figure(core: str, decimal: str | None, thousands: str) -> Decimal | str:
    """The digits as a decimal, or the code that says why not."""
    if core.isdigit():
        return Decimal(core)
    if decimal is None:
        return _undeclared(core)
    mark, group = re.escape(decimal), re.escape(thousands)
    grouped = rf"|[1-9]\d{{0,2}}(?:{group}\d{{3}})+" if thousands else ""
    if re.fullmatch(rf"(?:\d*{grouped})(?:{mark}\d+)?", core):
        return Decimal(core.replace(thousands, "").replace(decimal, ".") if thousands else core.replace(decimal, "."))
    if set(core) - set("0123456789") <= {decimal, thousands}:
        return "number.grouping" if thousands and thousands in core else "number.not_a_number"
    return "number.separator"


def _undeclared(core: str) -> Decimal | str:
    """A figure without declared marks: only what has one reading."""
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", core):
        return "number.ambiguous"
    return Decimal(core) if re.fullmatch(r"\d*\.\d+", core) else "number.locale_undeclared"
