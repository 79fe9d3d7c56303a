"""What a number in a sheet says: number formats, dates by serial, and the shortest exact text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import isfinite
from typing import Literal

from supplier_eval.intake.cell_values import Figure

Kind = Literal["number", "date", "time", "datetime", "elapsed", "percent"]
NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[([^\]]*)\]|_.|\*.|(.)', re.DOTALL)
MONEY = re.compile(r"[¥￥$€£₩₽₹฿₫₪₴₺円]|元|[万亿萬億]|\b(?:RMB|[A-Z]{3})\b")
DIGITS_KEPT = 10**15
LAST_SERIAL = 2_958_466
FEBRUARY_29 = 60


@dataclass(frozen=True)
class NumberFormat:
    """What a number format makes of a number.

    Parameters
    ----------
    kind : str
        Plain number, day, time of day, moment, length of time, or percentage.
    before, after : str
        Currency or scale that the format shows beside the figure.
    zeros : int
        Places to which the format pads whole numbers with zeros (``00000``); 0 where it does not.
    """

    kind: Kind = "number"
    before: str = ""
    after: str = ""
    zeros: int = 0


GENERAL = NumberFormat()


def _numbered(kind: Kind, numbers: Iterable[int]) -> dict[int, NumberFormat]:
    return dict.fromkeys(numbers, NumberFormat(kind))


# ECMA-376 part 1, 18.8.30, with the numbers that Chinese editions of Excel add (27-36, 50-58).
BUILT_IN: dict[int, NumberFormat] = {
    **_numbered("percent", (9, 10)),
    **_numbered("date", (14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58)),
    **_numbered("time", (18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56)),
    **_numbered("datetime", (22,)),
    **_numbered("elapsed", (46,)),
}


def number_format(code: str) -> NumberFormat:
    """Read a number format code such as ``yyyy/m/d`` or ``[$€-407]#,##0.00``; its first section counts.

    Parameters
    ----------
    code : str
        Format code as the workbook stores it (always in the English letters).

    Returns
    -------
    NumberFormat
        Its kind, currency and padding.
    """
    bare, before, after, elapsed = "", "", "", False
    for quoted, escaped, bracket, plain in TOKEN.findall(code):
        if plain == ";":
            break
        literal = quoted or escaped or (plain if MONEY.fullmatch(plain) else "")
        if bracket.startswith("$"):
            literal = bracket[1:].partition("-")[0]
        elif bracket and set(bracket.lower()) <= set("hms"):
            elapsed = True
        if literal and MONEY.search(literal):
            if set("0#?") & set(bare):
                after = literal.strip()
            else:
                before = literal.strip()
        bare += plain
    if elapsed:
        return NumberFormat("elapsed")
    if "%" in bare:
        return NumberFormat("percent")
    letters = bare.lower().replace("general", "")
    clock = bool(set("hs") & set(letters))
    if set("yd") & set(letters) or ("m" in letters and not clock):
        return NumberFormat("datetime" if clock else "date")
    if clock:
        return NumberFormat("time")
    return NumberFormat("number", before, after, len(bare) if len(bare) > 1 and set(bare) == {"0"} else 0)


def number_text(raw: str, shown_as: NumberFormat, from_1904: bool) -> tuple[str, str]:
    """Text of a numeric cell, as the person at the screen reads it but with all its digits.

    Parameters
    ----------
    raw : str
        The number as the file stores it.
    shown_as : NumberFormat
        The cell's format.
    from_1904 : bool
        Whether the workbook counts days from 1904.

    Returns
    -------
    tuple of (str, str)
        The text (ISO 8601 for dates; a `Figure` where it has a decimal point), and the code of a finding or
        ``""``.

    Notes
    -----
    Excel keeps 15 significant digits; a figure is written with at most so many, so that 0.1 + 0.2 is 0.3.
    """
    raw = raw.strip()
    figure = float(raw) if len(raw) <= 60 and NUMBER.fullmatch(raw) else float("nan")
    if not isfinite(figure):
        return raw, "files.xlsx.bad_number"
    if shown_as.kind in {"date", "time", "datetime"}:
        return _moment_text(figure, shown_as.kind, from_1904)
    if shown_as.kind == "elapsed":
        return _elapsed_text(figure)
    exact = Decimal(format(figure, ".15g"))
    if shown_as.kind == "percent":
        return Figure(f"{_plain(exact * 100)}%"), ""
    text = _plain(exact)
    if abs(figure) >= DIGITS_KEPT:
        return Figure(text), "files.xlsx.digits_lost"
    if shown_as.zeros and text.isdigit():
        text = text.zfill(shown_as.zeros)
    written = f"{shown_as.before}{text}{shown_as.after}"
    return (Figure(written) if "." in text else written), ""


def _plain(figure: Decimal) -> str:
    """Positional digits without zeros at the end; zero has no sign."""
    return format(figure.normalize(), "f") if figure else "0"


def _moment_text(serial: float, kind: Kind, from_1904: bool) -> tuple[str, str]:
    """ISO text of a serial number; the day that Excel invented (1900-02-29) is a finding."""
    milliseconds = round(serial * 86_400_000)
    days, rest = divmod(milliseconds, 86_400_000)
    clock = _clock(rest)
    if serial < 0 or days >= LAST_SERIAL - (1462 if from_1904 else 0):
        return _plain(Decimal(format(serial, ".15g"))), "files.xlsx.bad_date"
    if kind == "time" and days == 0:
        return clock, ""
    if not from_1904 and days in {0, FEBRUARY_29}:
        return _plain(Decimal(format(serial, ".15g"))), "files.xlsx.bad_date"
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 31 if days < FEBRUARY_29 else 30)
    day = (start + timedelta(days=days)).isoformat()
    return (f"{day}T{clock}" if rest or kind != "date" else day), ""


def _clock(milliseconds: int) -> str:
    moment = datetime(2000, 1, 1) + timedelta(milliseconds=milliseconds)
    return moment.time().isoformat("milliseconds" if milliseconds % 1000 else "seconds")


def _elapsed_text(days: float) -> tuple[str, str]:
    """Hours, minutes and seconds of a length of time: 1.5 days is ``36:00:00``."""
    seconds = round(abs(days) * 86_400)
    sign = "-" if days < 0 and seconds else ""
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}", ""
