"""What a parser or the system says about a file, in both languages: the place in our words, their words quoted.

A parser speaks English only. In Chinese its sentence stands in quotes behind the place that it names.
"""

from __future__ import annotations

import errno
import re
import tomllib

from supplier_eval.messages import LANGS, Both, clean, message

PLACE = re.compile(r"^(?P<said>.*) \(at line (?P<line>[0-9]+), column (?P<column>[0-9]+)\)$", re.DOTALL)
END = re.compile(r"^(?P<said>.*) \(at end of document\)$", re.DOTALL)
SYSTEM = {
    errno.ENOENT: "file_fault.absent",
    errno.ENOTDIR: "file_fault.absent",
    errno.EACCES: "file_fault.no_permission",
    errno.EPERM: "file_fault.no_permission",
    errno.EISDIR: "file_fault.is_folder",
    errno.ENAMETOOLONG: "file_fault.name_too_long",
    errno.ELOOP: "file_fault.links_in_a_circle",
}


class LongLineError(ValueError):
    """A line that no file written by a person has; carries its number and the limit."""

    def __init__(self, line: int, limit: int) -> None:
        self.line, self.limit = line, limit
        super().__init__(line, limit)


def why_not_toml(refused: Exception) -> Both:
    """Why a file is no TOML in UTF-8: line and column, what the parser said."""
    said = str(refused) or type(refused).__name__
    if isinstance(refused, UnicodeDecodeError):
        return _both("file_fault.bytes", line=refused.object[: refused.start].count(b"\n") + 1)
    if isinstance(refused, RecursionError):
        return _both("file_fault.deep")
    if isinstance(refused, LongLineError):
        return _both("file_fault.long_line", line=refused.line, limit=f"{refused.limit:,}")
    if isinstance(refused, tomllib.TOMLDecodeError):
        if at := PLACE.match(said):
            return _both("file_fault.place", said=clean(at["said"]), line=at["line"], column=at["column"])
        if at := END.match(said):
            return _both("file_fault.end", said=clean(at["said"]))
    return _both("file_fault.other", said=clean(said))


def why_unreadable(refused: OSError) -> Both:
    """Why the system does not give a file."""
    known = SYSTEM.get(refused.errno or 0)
    return _both(known) if known else _both("file_fault.other", said=clean(refused.strerror or str(refused)))


def why_not_read(refused: Exception) -> Both:
    """Why a TOML file gave nothing: the system kept it, or the parser did not take it."""
    return why_unreadable(refused) if isinstance(refused, OSError) else why_not_toml(refused)


def fault(code: str) -> Both:
    """A fault that we find ourselves, by its code."""
    return _both(code)


def _both(code: str, **facts: object) -> Both:
    en, zh = (message(code, lang, **facts) for lang in LANGS)
    return Both((en, zh))
