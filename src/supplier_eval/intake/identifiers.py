"""Ids and names: how they are compared, and which ids can be taken for one another (convention §12)."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from itertools import combinations, islice

from supplier_eval.intake.cell_values import Figure

INVISIBLE = {"Cc", "Cf", "Cs"}
BLANKS = {
    *range(0xFE00, 0xFE10),
    *range(0xE0100, 0xE01F0),
    *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800),
}
# Letters that look alike in capitals or small: Latin on the right. Cyrillic first, then Greek.
TWINS = str.maketrans(
    "авекмнорстухіјѕһԁԛԝү" + "αβεζηικμνορτυχ" + "01i|ı" + "‐‒–—−",
    "abekmhopctyxljshdqwy" + "abezhlkmnoptyx" + "ollll" + "-----",
)
MOST_PAIRS = 1_000


@functools.lru_cache(maxsize=65_536)
def normalise_id(text: str) -> str:
    """An id in the form in which it is kept: ``００１２３`` is ``00123``, invisible characters are gone.

    Parameters
    ----------
    text : str
        One cell.

    Returns
    -------
    str
        NFKC, without control, format and other invisible characters, stripped. Leading zeros and case stay.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return unicodedata.normalize("NFKC", _visible(unicodedata.normalize("NFKC", text))).strip()


@functools.lru_cache(maxsize=65_536)
def id_key(text: str) -> str:
    """The key by which two ids are the same: the normalised id, casefolded."""
    return normalise_id(normalise_id(text).casefold())


def tidy_text(text: str) -> str:
    """Free text such as a name, as written but for control characters; line ends and tabs become spaces."""
    if isinstance(text, Figure):
        return text
    spaced = "".join(" " if c in "\n\r\t\v\f\u2028\u2029" else c for c in text)
    return "".join(c for c in spaced if unicodedata.category(c) not in INVISIBLE).strip()


def look_alikes(ids: Iterable[str], most: int = MOST_PAIRS) -> list[tuple[str, str]]:
    """Pairs of different ids that a reader could take for one another.

    Parameters
    ----------
    ids : iterable of str
        Ids; repeats of one id count once.
    most : int
        Pairs at most.

    Returns
    -------
    list of tuple of (str, str)
        Pairs in sorted order, which does not depend on the order of `ids`. Two ids are look-alikes when they
        are equal after casefolding, after letters that Latin shares in looks with Cyrillic and Greek are read
        as Latin, after 0 is read as O, 1 and I as l, and after spaces are dropped and dashes made one.
    """
    groups: dict[str, list[str]] = {}
    for name in sorted({normalise_id(text) for text in ids} - {""}):
        groups.setdefault(_skeleton(name), []).append(name)
    pairs = (pair for group in groups.values() for pair in combinations(group, 2))
    return sorted(islice(pairs, most))


def _visible(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) not in INVISIBLE and ord(c) not in BLANKS)


def _skeleton(name: str) -> str:
    """What is left of an id when everything that looks the same is written the same."""
    return "".join(id_key(name).translate(TWINS).split())
