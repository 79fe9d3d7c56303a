"""What can go wrong, as a tree; every message names table, column, rows and remedy.

::

    SupplierEvalError
    ├── InvalidInput            (also ValueError) carries every Finding at once
    │   ├── InvalidPolicy       a policy that does not hold together or breaks its regime's law
    │   ├── InvalidTender       tables that cannot be evaluated
    │   └── Refused             a change that a record's declaration, its life cycle or a guard does not allow
    ├── Conflict                a record was changed by somebody else since it was read
    ├── StoreError              the registry's store cannot be read or written
    │   ├── StoreLocked         another writer does not let go
    │   ├── StoreFull           no room on the disk
    │   ├── StoreReadOnly       it may be read, not written
    │   ├── StoreVersion        written by an older or a newer version of this program
    │   └── NotAStore           absent, damaged, or something else
    ├── UnknownName             (also KeyError) a bid, lot, formula, method or profile that does not exist
    ├── SeveralLots             (also LookupError) one lot was asked for, the tender has several
    ├── NotOpened               a price was asked for before the technical marks were locked
    └── MissingExtra            (also ImportError) an optional library is not installed

Codes are stable (``bids.price.missing``): tests, audit trails and translations hang on them.
A failure that is an *answer* (too few valid bids, a tie, no agreement) is a result, not an exception.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supplier_eval.findings import Finding, findings_frame
from supplier_eval.messages import Lang, catalogue, clean, message, remedy
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

FIRST_SHOWN = 10


class SupplierEvalError(Exception):
    """Base of every error that this package raises on purpose."""


class InvalidInput(Shown, SupplierEvalError, ValueError):  # noqa: N818 - the public name is fixed by the design
    """Input that was refused, with everything that was found wrong with it.

    Parameters
    ----------
    findings : iterable of Finding
        All findings, errors and warnings.
    source : str
        The file or folder that was read.
    """

    def __init__(self, findings: Iterable[Finding], source: str = "") -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        self.source = source
        super().__init__(self.report("en"))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.findings, self.source))

    def report(self, lang: Lang = "en", first: int = FIRST_SHOWN) -> str:
        """The first findings, one a line, and the count of the rest."""
        errors = [f for f in self.findings if f.severity == "error"] or list(self.findings)
        n = len(errors)
        where = f"{self.source}: " if self.source else ""
        head = f"{where}{n} 项问题" if lang == "zh" else f"{where}{n} finding{'s' if n != 1 else ''}"
        lines = [head, *(f"  {f.line(lang)}" for f in errors[:first])]
        if n > first:
            lines.append(f"  另有 {n - first} 项" if lang == "zh" else f"  and {n - first} more")
        return "\n".join(lines)

    def to_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """All findings as a table, see `findings_frame`."""
        return findings_frame(self.findings, lang)


class InvalidPolicy(InvalidInput):
    """A policy that does not hold together, or breaks a rule of its regime."""


class InvalidTender(InvalidInput):
    """A tender whose tables cannot be evaluated as they stand."""


class Refused(InvalidInput):
    """A change of the registry that a declaration, a life cycle or a guard does not allow."""


@dataclass(frozen=True)
class ChangeSince:
    """One change that was made since a record was read: who changed which fields when (UTC), by which event."""

    version: int
    event: str
    actor: str
    at: str
    fields: tuple[str, ...]


class Conflict(SupplierEvalError):  # noqa: N818 - reads as what it is
    """A record was changed by somebody else since it was read; nothing was written.

    Parameters
    ----------
    kind, key : str
        The record.
    seen, version : int
        The version that was read and the one that there is.
    changes : tuple of ChangeSince
        What happened in between, in order.
    """

    def __init__(self, kind: str, key: str, seen: int, version: int, changes: tuple[ChangeSince, ...]) -> None:
        self.kind, self.key, self.seen, self.version, self.changes = kind, key, seen, version, changes
        super().__init__(kind, key, seen, version, changes)

    def report(self, lang: Lang = "en") -> str:
        """What happened, who changed what when, and what to do."""
        facts = {"kind": self.kind, "key": clean(self.key), "seen": self.seen, "version": self.version}
        lines = [message("registry.conflict", lang, **facts)]
        for change in self.changes:
            said = {"version": change.version, "event": change.event, "actor": clean(change.actor), "at": change.at}
            lines.append("  " + message("registry.conflict.change", lang, fields=", ".join(change.fields), **said))
        return "\n".join([*lines, remedy("registry.conflict", lang)])

    def __str__(self) -> str:
        return self.report("en")


class StoreError(SupplierEvalError):
    """The registry's store cannot be read or written; nothing of what was asked for was done.

    Parameters
    ----------
    finding : Finding
        What is wrong and what to do.
    source : str
        The store.
    """

    def __init__(self, finding: Finding, source: str = "") -> None:
        self.finding, self.source = finding, source
        super().__init__(finding, source)

    def report(self, lang: Lang = "en") -> str:
        """What is wrong with the store, and what to do."""
        where = f"{self.source}: " if self.source else ""
        blank = "" if lang == "zh" else " "
        return f"{where}{self.finding.say(lang)}{blank}{self.finding.advise(lang)} [{self.finding.code}]"

    def __str__(self) -> str:
        return self.report("en")


class StoreLocked(StoreError):  # noqa: N818 - reads as what it is
    """Another writer does not let go."""


class StoreFull(StoreError):  # noqa: N818 - reads as what it is
    """No room on the disk."""


class StoreReadOnly(StoreError):  # noqa: N818 - reads as what it is
    """The store may be read, not written."""


class StoreVersion(StoreError):  # noqa: N818 - reads as what it is
    """The store was written by an older or a newer version of this program."""


class NotAStore(StoreError):  # noqa: N818 - reads as what it is
    """There is no store here: absent, damaged, or something else."""


class UnknownName(SupplierEvalError, KeyError):  # noqa: N818 - reads as what it is
    """A name that does not exist, with the nearest that do."""

    def __init__(self, kind: str, name: object, known: Iterable[str], total: int = 0) -> None:
        self.kind, self.name, self.known = kind, clean(str(name)), tuple(known)
        self.total = max(total, len(self.known))
        super().__init__(self.kind, self.name, self.known, self.total)

    def report(self, lang: Lang = "en") -> str:
        """That there is no such name, the nearest one, and which there are."""
        close = difflib.get_close_matches(self.name, self.known, n=1, cutoff=0.6)
        hint = message("unknown_name.close", lang, close=close[0]) if close else ""
        shown = ("、" if lang == "zh" else ", ").join(self.known[:20]) or message("unknown_name.none", lang)
        if more := self.total - len(self.known[:20]):
            shown = message("unknown_name.more", lang, shown=shown, n=more, total=self.total)
        code = f"unknown_name.kind.{self.kind.replace(' ', '_').replace('-', '_')}"
        kind = message(code, lang) if code in catalogue() else self.kind
        own = {f"kind_{lang}": kind, f"hint_{lang}": hint, f"known_{lang}": shown}
        return message("unknown_name", lang, name=self.name, **own)

    def __str__(self) -> str:
        return self.report()


class SeveralLots(SupplierEvalError, LookupError):  # noqa: N818 - reads as what it is
    """One lot's result was asked for, and the tender has several."""

    def __init__(self, lots: Iterable[str]) -> None:
        self.lots = tuple(lots)
        super().__init__(self.lots)

    def report(self, lang: Lang = "en") -> str:
        """Which lots there are, and how to choose one."""
        named = ("、" if lang == "zh" else ", ").join(self.lots)
        return message("several_lots", lang, n=len(self.lots), named=named, first=self.lots[0])

    def __str__(self) -> str:
        return self.report()


class NotOpened(SupplierEvalError):  # noqa: N818 - reads as what it is
    """A price was asked for that the procedure keeps closed."""


INSTALLED_BY = {"cbc": "pip install 'pulp<4'", "pulp": "pip install pulp"}  # not extras of this package


class MissingExtra(SupplierEvalError, ImportError):  # noqa: N818 - reads as what it is
    """An optional library is missing; the message carries the command that installs it."""

    def __init__(self, library: str, extra: str) -> None:
        self.library, self.extra = library, extra
        command = INSTALLED_BY.get(library, f"pip install 'supplier-eval[{extra}]'")
        self.command = command
        super().__init__(self.report("en"))

    def report(self, lang: Lang = "en") -> str:
        """What is missing and how to install it, in the language."""
        code = "extra.missing" if self.library in INSTALLED_BY else "extra.missing_part"
        return message(code, lang, library=self.library, command=self.command, extra=self.extra)


__all__ = [
    "FIRST_SHOWN",
    "INSTALLED_BY",
    "ChangeSince",
    "Conflict",
    "Finding",
    "InvalidInput",
    "InvalidPolicy",
    "InvalidTender",
    "MissingExtra",
    "NotAStore",
    "NotOpened",
    "Refused",
    "SeveralLots",
    "StoreError",
    "StoreFull",
    "StoreLocked",
    "StoreReadOnly",
    "StoreVersion",
    "SupplierEvalError",
    "UnknownName",
    "findings_frame",
]
