"""Open problems with suppliers, with their owners and their age (§3.3.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, message
from supplier_eval.registry.record import Stored
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class OpenProblem(Shown):
    """One problem that a contact left open.

    Parameters
    ----------
    contact, supplier : str
        Ids.
    owner : str or None
        Who solves it.
    due : date or None
        By when.
    age_days : int
        Days since the contact.
    days_late : int
        Days past the day due; 0 where it is not past, or none was set.
    """

    contact: str
    supplier: str
    subject: str
    owner: str | None
    due: date | None
    age_days: int
    days_late: int

    def explain(self, lang: Lang = "en") -> str:
        """The problem in one sentence."""
        code = "registry.contact.late" if self.days_late else "registry.contact.open"
        facts = {"contact": self.contact, "supplier": self.supplier, "owner": self.owner or "-"}
        return message(code, lang, age=self.age_days, late=self.days_late, due=self.due or "-", **facts)


@dataclass(frozen=True)
class OpenProblems(Shown):
    """All open problems on a day, the oldest first; ties by id.

    Parameters
    ----------
    on : date
        Day of the list.
    problems : tuple of OpenProblem
        One a contact.
    """

    on: date
    problems: tuple[OpenProblem, ...]

    def __repr__(self) -> str:
        return f"OpenProblems(on={self.on}, {len(self.problems)} open)"

    def to_frame(self) -> pd.DataFrame:
        """One row a problem: contact, supplier, subject, owner, due, age_days, days_late."""
        import pandas as pd

        columns = ["contact", "supplier", "subject", "owner", "due", "age_days", "days_late"]
        return pd.DataFrame([[getattr(known, name) for name in columns] for known in self.problems], columns=columns)

    def explain(self, lang: Lang = "en") -> str:
        """One line a problem; a sentence that says so where there is none."""
        lines = [known.explain(lang) for known in self.problems]
        return "\n".join(lines) or message("registry.contact.none_open", lang, on=self.on)


def open_problems(contacts: Iterable[Stored], on: date) -> OpenProblems:
    """Problems that are not solved, the oldest first (§3.3.3).

    Parameters
    ----------
    contacts : iterable of Stored
        Records of kind ``contact``; closed ones and those without a problem are left out.
    on : date
        Day of the list.
    """
    found = [
        OpenProblem(
            known.id,
            known.supplier,
            known.subject,
            known.owner,
            known.due,
            (on - known.on).days,
            max(0, (on - known.due).days) if known.due is not None else 0,
        )
        for known in contacts
        if known.state == "open" and known.problem.strip() and known.resolved_on is None and known.on <= on
    ]
    return OpenProblems(on, tuple(sorted(found, key=lambda problem: (-problem.age_days, problem.contact))))
