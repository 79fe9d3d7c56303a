"""File names from ids that come from outside: safe on every system, different for different ids."""

from __future__ import annotations

import hashlib
import unicodedata

LONGEST = 40
DIGITS = 8


def file_name(prefix: str, name: str, ending: str) -> str:
    """Make the name of a file from an id.

    Parameters
    ----------
    prefix : str
        Our own word in front; because of it no name is reserved (``CON``) or hidden (``.x``).
    name : str
        The id, as it came: it may hold path separators, control characters, or be very long.
    ending : str
        With its point.

    Returns
    -------
    str
        Letters, digits, ``-`` and ``_`` of the id (the first 40), and eight hexadecimal digits that tell apart what
        would otherwise look the same.
    """
    folded = unicodedata.normalize("NFKC", name)
    kept = "".join(c if c.isalnum() or c in "-_" else "-" for c in folded)
    while "--" in kept:
        kept = kept.replace("--", "-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
    shown = _shorten(kept.strip("-_"))
    return "_".join(part for part in (prefix, shown, digest) if part) + ending


def _shorten(text: str) -> str:
    """The first letters, as long as they fit in three times as many bytes: file systems count bytes."""
    shown = text[:LONGEST]
    while len(shown.encode("utf-8", "ignore")) > 3 * LONGEST:
        shown = shown[:-1]
    return shown
