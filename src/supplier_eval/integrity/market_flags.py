"""From p-values to flags: corrected within each screen, put beside the figures, the heaviest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from supplier_eval.flags import Flag
from supplier_eval.integrity.false_alarms import Method
from supplier_eval.integrity.market_arrays import BoolArray
from supplier_eval.integrity.market_screens import WEIGHTS, FloatArray, Part, families
from supplier_eval.integrity.shared_details import Shared

if TYPE_CHECKING:
    from supplier_eval.integrity.bid_table import BidTable

UNITS = {
    "bidders": ("bidder",),
    "pairs": ("first", "second"),
    "companions": ("companion", "winner"),
    "coalitions": ("members",),
    "buyers": ("buyer",),
    "market": (),
}
SHARES = ("share", "distance")
JOIN = " + "
CLAUSE = "§1.3.4"


def names_of(table: str, row: Mapping[str, object]) -> tuple[str, ...]:
    """Whom a row of a table is about."""
    if table == "coalitions":
        members = row["members"]
        return tuple(str(name) for name in members) if isinstance(members, tuple) else ()
    return tuple(str(row[column]) for column in UNITS[table])


def with_p_values(
    tables: dict[str, pd.DataFrame], parts: Sequence[Part], method: Method
) -> tuple[dict[str, pd.DataFrame], list[tuple[Part, FloatArray]]]:
    """Put p and corrected p beside the figures of every table; give the parts with their corrected p-values."""
    corrected = {screen: iter(arrays) for screen, arrays in families(parts, method).items()}
    found = dict(tables)
    paired = []
    for part in parts:
        q = next(corrected[part.screen])
        paired.append((part, q))
        frame = found[part.table].copy() if part.table in found else None
        if frame is not None and len(frame) == len(part.p):
            frame[f"p_{part.screen}"] = pd.array(part.p, dtype="Float64")
            frame[f"q_{part.screen}"] = pd.array(q, dtype="Float64")
            found[part.table] = frame
    return found, paired


def raise_flags(
    tables: Mapping[str, pd.DataFrame], paired: Sequence[tuple[Part, FloatArray]], line: float
) -> list[Flag]:
    """Give a flag for every corrected p-value up to the line."""
    flags: list[Flag] = []
    for part, q in paired:
        rows = np.flatnonzero(~np.isnan(q) & (q <= line))
        found = tables[part.table].iloc[rows].to_dict("records")
        named = ({str(key): value for key, value in row.items()} for row in found)
        flags.extend(flag_of(part.screen, part.table, row, line) for row in named)
    return flags


def flag_of(screen: str, table: str, row: Mapping[str, object], line: float, clause: str = CLAUSE) -> Flag:
    """One flag, with the figures that its words quote."""
    names = names_of(table, row)
    facts = told(row) | {"names": JOIN.join(names), "p": small(row[f"p_{screen}"]), "q": small(row[f"q_{screen}"])}
    facts |= {"unit": table, "who": names, "p_value": float(row[f"p_{screen}"])}  # type: ignore[arg-type]
    return Flag(
        f"market.{screen}.{table}",
        bid=JOIN.join(names),
        figure=float(row[f"q_{screen}"]),  # type: ignore[arg-type]
        threshold=line,
        clause=clause,
        facts=facts,
    )


def told(row: Mapping[str, object]) -> dict[str, object]:
    """Figures as they are read: shares in per cent, others to four digits."""
    shown: dict[str, object] = {}
    for key, value in row.items():
        if key.startswith(("p_", "q_")) or isinstance(value, tuple):
            continue
        if isinstance(value, float | np.floating):
            shown[key] = f"{100 * value:.1f} %" if key.endswith(SHARES) else f"{value:.4g}"
        else:
            shown[key] = str(value)
    return shown


def small(p: object) -> str:
    """A p-value to two digits; nothing where there is none."""
    if p is None or p is pd.NA:
        return "–"
    value = float(p)  # type: ignore[arg-type]
    return "–" if np.isnan(value) else f"{value:.2g}"


def detail_flags(table: BidTable, shared: Sequence[Shared]) -> list[Flag]:
    """A flag for every detail that two bidders of a tender have in common; no chance is involved."""
    flags = []
    for one in shared:
        names = (table.bidders[one.first], table.bidders[one.second])
        label = table.labels[one.tender]
        facts = {"names": JOIN.join(names), "who": names, "tender": label, "detail": one.value, "unit": "shared"}
        code = f"market.{'alike' if one.alike else 'shared'}_detail.{one.kind}"
        flags.append(Flag(code, lot=label, bid=JOIN.join(names), criterion=one.kind, clause=CLAUSE, facts=facts))
    return flags


def in_order(flags: Sequence[Flag]) -> tuple[Flag, ...]:
    """The heaviest first, then the smallest corrected p-value, then by screen and names."""

    def key(flag: Flag) -> tuple[object, ...]:
        screen = screen_of(flag)
        figure = -1.0 if flag.figure is None else flag.figure
        p = flag.facts.get("p_value", 0.0)
        return (-WEIGHTS[screen], figure, p, list(WEIGHTS).index(screen), flag.code, flag.lot, flag.bid)

    return tuple(sorted(flags, key=key))


def screen_of(flag: Flag) -> str:
    """Which screen raised a flag."""
    return flag.code.split(".")[1]


def flags_frame(flags: Sequence[Flag]) -> pd.DataFrame:
    """All flags as a table."""
    rows = [
        {
            "screen": screen_of(flag),
            "weight": WEIGHTS[screen_of(flag)],
            "unit": str(flag.facts["unit"]),
            "names": str(flag.facts["names"]),
            "tender": flag.lot,
            "p": flag.facts.get("p_value"),
            "q": flag.figure,
            "threshold": flag.threshold,
            "said": flag.say("en"),
        }
        for flag in flags
    ]
    frame = pd.DataFrame(
        rows, columns=["screen", "weight", "unit", "names", "tender", "p", "q", "threshold", "said"]
    )  # fmt: skip
    return frame.astype({"weight": "int64", "p": "Float64", "q": "Float64", "threshold": "Float64"})


def _why(part: Part, known: BoolArray) -> str:
    """Code of the reason why some rows are not defined; empty where all are."""
    if len(known) and known.all():
        return ""
    return part.why if len(known) or "column" in part.facts else "market.undefined.nobody"


def screens_frame(paired: Sequence[tuple[Part, FloatArray]], flags: Sequence[Flag], line: float) -> pd.DataFrame:
    """One row a screen and unit: how many were tested, flagged, not defined, and the code of the reason."""
    rows = []
    for part, q in paired:
        known = ~np.isnan(q)
        code = f"market.{part.screen}.{part.table}"
        rows.append(
            {
                "screen": part.screen,
                "weight": WEIGHTS[part.screen],
                "unit": part.table,
                "tested": int(known.sum()),
                "flagged": sum(flag.code == code for flag in flags),
                "undefined": int((~known).sum()),
                "why": _why(part, known),
                "column": str(part.facts.get("column", "")),
                "least": int(str(part.facts.get("least", 0))),
                "smallest_p": float(part.p[known].min()) if known.any() else np.nan,
                "smallest_q": float(q[known].min()) if known.any() else np.nan,
                "threshold": line,
            }
        )
    frame = pd.DataFrame(rows)
    order = {screen: at for at, screen in enumerate(WEIGHTS)}
    frame = frame.sort_values(["screen", "unit"], key=lambda c: c.map(order) if c.name == "screen" else c)
    figures = dict.fromkeys(("smallest_p", "smallest_q", "threshold"), "Float64")
    return frame.reset_index(drop=True).astype(figures)
