"""Amounts in words, as Chinese bid letters write them: 人民币壹拾万零伍佰元叁角整 is 100500.30.

Financial numerals (壹贰叁 … 拾佰仟) and ordinary ones (一二三 … 十百千) are read, in simplified and
traditional characters, and amounts that were only transcribed in digits. What could mean two amounts is not
read at all: 一百五 (105 or 150), 壹亿叁仟 (100,003,000 or, with 万 forgotten, 130,000,000), ``1.234``.

Source: People's Bank of China, 《支付结算办法》 (银发〔1997〕393号), annex 1, 正确填写票据和结算凭证的
基本规定; recalled.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

__all__ = ["read_amount_words"]

LONGEST = 64
DIGITS = {
    numeral: digit
    for digit, numerals in enumerate(
        ("零", "壹一弌", "贰二貳两兩", "叁三參叄", "肆四", "伍五", "陆六陸", "柒七", "捌八", "玖九")
    )
    for numeral in numerals
}
PLACES = {"拾": 1, "十": 1, "佰": 2, "百": 2, "仟": 3, "千": 3}
MYRIADS = str.maketrans({"萬": "万", "億": "亿", "圆": "元", "圓": "元", "正": "整"})
PREFIX = re.compile(r"^(?:人民币|人民幣|RMB|CNY|¥|\(?大写\)?|\(?大寫\)?|:)+")
NUMERAL = "[" + "".join(DIGITS) + "]"
CENTS = re.compile(rf"^零*(?:({NUMERAL})角)?零*(?:({NUMERAL})分)?$")
FIGURES = re.compile(
    r"^([0-9]+(?:\.[0-9]{1,2})?|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}|[0-9]{1,3}(?:,[0-9]{3}){2,})([万亿]?)元?整?$"
)
SCALE = {"": 0, "万": 4, "亿": 8}

Place = tuple[int | None, int]


def read_amount_words(text: str) -> Decimal | None:
    """Read an amount written in words, exactly, or say that it cannot be read.

    Parameters
    ----------
    text : str
        For example 人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分, 十二万元整, or ``1,234,567.89``. Spaces, the
        currency's name in front and 整 or 正 behind are dropped; full-width signs are read as plain ones.

    Returns
    -------
    Decimal or None
        The amount in yuan with at most two decimals, below 10^16; None where the text is not an amount in
        words, or could mean two amounts.

    Notes
    -----
    A zero between two digits must be written (壹仟零伍拾), except after 万 and 亿 where thousands follow at
    once (壹拾万柒仟), as the rules on filling in payment instruments allow. Pre-printed forms that write
    every place (壹拾零万伍仟零佰零拾零元) are read. 兆 is not, since it stands for 10^6 and for 10^12.
    """
    plain = _plain(text)
    if not plain or len(plain) > LONGEST:
        return None
    figures = FIGURES.match(plain)
    if figures:
        return Decimal(figures[1].replace(",", "") + f"E{SCALE[figures[2]]}")
    return _in_numerals(plain.removesuffix("整"))


def _plain(text: str) -> str:
    """Compatibility forms folded, spaces and prefixes dropped, one character for each of 万 亿 元 整 零."""
    folded = "".join(unicodedata.normalize("NFKC", text).split()).translate(MYRIADS)
    return PREFIX.sub("", folded).replace("〇", "零").replace("○", "零")


def _in_numerals(words: str) -> Decimal | None:
    """Yuan, jiao and fen; without 元 either a whole number or jiao and fen alone."""
    if not words:
        return None
    if "元" in words:
        whole, _, rest = words.partition("元")
    elif words[-1] in "角分":
        whole, rest = "零", words
    else:
        whole, rest = words, ""
    yuan, cents = _integer(whole), CENTS.match(rest)
    if yuan is None or cents is None or (rest and not any(cents.groups())):
        return None
    jiao, fen = (DIGITS[digit] if digit else 0 for digit in cents.groups())
    return Decimal(f"{yuan}.{jiao}{fen}")


def _integer(words: str) -> int | None:
    """A whole number below 10^16, or None where it is not one and only one number."""
    sections = _sections(words)
    if sections is None:
        return None
    places: list[Place] = []
    for offset, section in sections:
        read = _section(section, first=not places)
        if read is None:
            return None
        places += [(place if place is None else place + offset, digit) for place, digit in read]
    return _add_up(places)


def _sections(words: str) -> list[tuple[int, str]] | None:
    """The groups of four places with their exponents; None where a group before 万 or 亿 is empty."""
    upper, hundred_million, lower = words.rpartition("亿")
    if hundred_million and (not upper or "亿" in upper):
        return None
    sections: list[tuple[int, str]] = []
    for part, offset in ((upper, 8), (lower, 0)):
        high, myriad, low = part.rpartition("万")
        if myriad and (not high or "万" in high):
            return None
        sections += [(offset + 4, high), (offset, low)]
    return [(offset, section) for offset, section in sections if section] or None


def _section(section: str, *, first: bool) -> list[Place] | None:
    """Digits of one group with their places (3 to 0); a zero without a place has None."""
    if first and PLACES.get(section[0]) == 1:
        section = "一" + section
    places: list[Place] = []
    at = 0
    while at < len(section):
        digit = DIGITS.get(section[at])
        place = PLACES.get(section[at + 1]) if at + 1 < len(section) else None
        if digit is None or (place is None and digit and at + 1 < len(section)):
            return None
        places.append((place if place is not None else (0 if digit else None), digit))
        at += 1 if place is None else 2
    return places


def _add_up(places: list[Place]) -> int | None:
    """The number that the places make, if they fall and every gap between digits is marked by a zero."""
    total, last, zeros, lowest = 0, None, 0, 16
    for place, digit in places:
        if place is not None:
            if place >= lowest:
                return None
            lowest = place
        if digit == 0 or place is None:
            zeros += 1
            continue
        if last is not None:
            gap = last - place - 1
            if zeros > gap or (gap and not zeros and not _zero_may_be_left_out(last, place)):
                return None
        total, last, zeros = total + digit * 10**place, place, 0
    return None if last is not None and zeros > last else total


def _zero_may_be_left_out(upper: int, lower: int) -> bool:
    """Whether thousands follow straight after 万 or 亿: 壹拾万柒仟, 壹万亿伍仟万."""
    return lower % 4 == 3 and (upper // 4 == lower // 4 + 1 or lower == 7)
