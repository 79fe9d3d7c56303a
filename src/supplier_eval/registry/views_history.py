"""What happened to a record: each change with who, when, and which fields went from what to what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang, message
from supplier_eval.registry.audit import AuditRow
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.registry.store import Registry


@dataclass(frozen=True)
class HistoryLine:
    """One change.

    Parameters
    ----------
    seq : int
        Number of its line of audit.
    at, actor, event : str
        When (UTC), who, what.
    version : int
        The record's version after it.
    state : str
        Where it stood then.
    changed : tuple of (str, str, str)
        Field, what it was, what it became; "" for nothing. A list or figure as JSON writes it.
    """

    seq: int
    at: str
    actor: str
    event: str
    version: int
    state: str
    changed: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, repr=False)
class RecordHistory(Shown):
    """Every change of one record, the first first."""

    kind: str
    id: str
    lines: tuple[HistoryLine, ...]

    def to_frame(self) -> pd.DataFrame:
        """One row a changed field: seq, at, actor, event, version, state, field, before, after."""
        import pandas as pd

        columns = ["seq", "at", "actor", "event", "version", "state", "field", "before", "after"]
        rows = [
            (line.seq, line.at, line.actor, line.event, line.version, line.state, *change)
            for line in self.lines
            for change in line.changed or (("", "", ""),)
        ]
        return pd.DataFrame(rows, columns=columns)

    def explain(self, lang: Lang = "en") -> str:
        """One sentence a change."""
        between = "、" if lang == "zh" else ", "
        return "\n".join(
            message(
                "registry.history_line",
                lang,
                at=line.at,
                actor=line.actor,
                event=line.event,
                version=line.version,
                state=line.state,
                fields=between.join(name for name, _, _ in line.changed) or "–",
            )
            for line in self.lines
        )

    def __repr__(self) -> str:
        return f"RecordHistory({self.kind} {self.id!r}, {len(self.lines)} changes)"


def record_history(registry: Registry, kind: str, key: str) -> RecordHistory:
    """Read what happened to a record.

    Raises
    ------
    UnknownName
        Where there is no such record.
    """
    rows = registry.history(kind, key)
    return RecordHistory(kind, rows[0].id if rows else key, tuple(map(_line, rows)))


def _line(row: AuditRow) -> HistoryLine:
    before, after = _kept(row.before), _kept(row.after)
    old, new = before.get("fields", {}), after.get("fields", {})
    names = [*new, *(name for name in old if name not in new)]
    changed = tuple((n, _text(old.get(n)), _text(new.get(n))) for n in names if old.get(n) != new.get(n) and n != "id")
    return HistoryLine(row.seq, row.at, row.actor, row.event, row.version, str(after.get("state", "")), changed)


def _kept(picture: str | None) -> dict[str, Any]:
    return dict(json.loads(picture)) if picture else {}


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
