"""How figures, money, dates and names are written out for people; the only place where a figure is formatted.

Numbers have a point for decimals and a comma for thousands in both languages, as is usual in English and in Chinese.
What has no figure is shown as a dash. Text from outside loses control and direction marks, nothing else.
"""

from __future__ import annotations

import math
import unicodedata
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from supplier_eval.messages import Lang
from supplier_eval.messages.minus import MINUS
from supplier_eval.report.words import words
from supplier_eval.score.order import round_half_up

NOTHING = "–"
PLACES = 4
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain(text: object) -> str:
    """Text from outside on one line, without characters that are not seen or that turn the line around."""
    shown = "".join(" " if c in "\n\r\t\u2028\u2029" else c for c in str(text))
    return "".join(c for c in shown if unicodedata.category(c) not in UNSEEN).strip()


def number(value: float | None, places: int = PLACES) -> str:
    """A figure with a fixed number of decimals, rounded half up, with a real minus; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return NOTHING
    rounded = float(round_half_up(value, places))
    return (MINUS if rounded < 0 else "") + f"{abs(rounded):,.{places}f}"


def signed(value: float | None, places: int = PLACES) -> str:
    """A difference with its sign."""
    above = value is not None and math.isfinite(value) and float(round_half_up(value, places)) > 0
    return ("+" if above else "") + number(value, places)


def margin(value: float | None, places: int) -> str:
    """A lead in points; one that would be shown as nothing is shown to nine decimals."""
    shown = number(value, places)
    return number(value, 9) if value and not shown.strip("0.,") else shown


def p_value(value: float | None) -> str:
    """A p-value; below a thousandth only that."""
    return "< 0.001" if value is not None and value < 0.001 else number(value, 3)


def short(value: float | Decimal | None) -> str:
    """A raw figure with the digits that it has, six at most behind the point."""
    if value is None or not math.isfinite(value):
        return NOTHING
    shown = f"{abs(value):,.6f}".rstrip("0").rstrip(".")
    return MINUS + shown if value < 0 and shown != "0" else shown


def percent(share: float | Decimal | None, places: int = 2) -> str:
    """A share of 1 as a percentage."""
    if share is None or not math.isfinite(share):
        return NOTHING
    shown = number(100.0 * float(share), places)
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown} %"


def money(amount: Decimal | None, minor_units: int) -> str:
    """An amount with the currency's decimals; the currency stands in the head of the column."""
    if amount is None or not amount.is_finite():
        return NOTHING
    return (MINUS if amount < 0 else "") + f"{abs(amount):,.{max(minor_units, _places(amount))}f}"


def _places(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def day(value: date | None, lang: Lang) -> str:
    """A date as people write it: 5 March 2026, 2026年3月5日."""
    if value is None:
        return NOTHING
    say = words(lang)
    return say["date.pattern"].format(year=value.year, month=say[f"month.{value.month}"], day=value.day)


def moment(value: datetime | None, lang: Lang, zone: tzinfo | None = None) -> str:
    """A moment with its distance from UTC: 5 March 2026, 17:00 (UTC+08:00)."""
    if value is None:
        return NOTHING
    local = value.astimezone(zone) if zone is not None else value
    return words(lang)["date.moment"].format(day=day(local.date(), lang), time=f"{local:%H:%M}", zone=_offset(local))


def _offset(value: datetime) -> str:
    away = value.utcoffset()
    if not away:
        return "UTC"
    minutes = int(abs(away) / timedelta(minutes=1))
    return f"UTC{'-' if away < timedelta(0) else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def zone_of(name: str, *moments: datetime | None) -> tzinfo | None:
    """The time zone that a notice names, else that of its first moment."""
    if name:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    return next((m.tzinfo for m in moments if m is not None), None)


def names(several: list[str] | tuple[str, ...], lang: Lang) -> str:
    """Names in a row, parted as the language does it."""
    return words(lang)["text.between"].join(plain(name) for name in several)
