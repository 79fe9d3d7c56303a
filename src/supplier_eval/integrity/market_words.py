"""What the screens across tenders saw of a bidder, a group or the market, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from supplier_eval.errors import UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.integrity.market_flags import JOIN, flag_of
from supplier_eval.integrity.market_screens import WEIGHTS
from supplier_eval.messages import Lang, known_language, message, sentences

if TYPE_CHECKING:
    from supplier_eval.integrity.market_result import MarketScreens

MOST_CLEAR = 12
GROUPS = ("pairs", "companions", "coalitions")


def explain_market(found: MarketScreens, names: Sequence[str], lang: Lang) -> str:
    """Say it: one bidder, a group, or the whole market; see `MarketScreens.explain`."""
    known_language(lang)
    if not names:
        return "\n".join(_whole(found, lang))
    known = {id_key(str(name)): str(name) for name in found.tables["bidders"]["bidder"]}
    chosen = []
    for name in names:
        if id_key(str(name)) not in known:
            raise UnknownName("bidder", name, list(known.values()))
        chosen.append(known[id_key(str(name))])
    return "\n".join(_about(found, tuple(dict.fromkeys(chosen)), lang))


def _whole(found: MarketScreens, lang: Lang) -> list[str]:
    market = found.tables["market"].iloc[0]
    screens = found.tables["screens"]
    lines = [
        message(
            "market.explain.market",
            lang,
            tenders=int(market["tenders"]),
            bidders=int(market["bidders"]),
            flags=len(found.flags),
            tested=int(screens["tested"].sum()),
            threshold=f"{found.settings.false_discovery:g}",
        )
    ]
    lines += [screen_line(row, lang) for row in screens.to_dict("records")]
    for size in found.settings.coalition_sizes:
        left = int(market[f"left_out_of_{size}"])
        if left:
            lines.append(message("market.explain.left_out", lang, left=left, size=size))
    tenders = found.tables["tenders"]
    open_ = int(((tenders["bidders"] >= 2) & (tenders["winner"] == "")).sum())
    if open_ and int(market["decided"]):  # without any winner the screens themselves say so
        lines.append(message("market.explain.undecided", lang, undecided=open_))
    return [*lines, message("market.explain.people", lang)]


def screen_line(row: dict[Any, Any], lang: Lang) -> str:
    """One screen: how many were tested and flagged, and why others were not."""
    name, unit = message(f"market.name.{row['screen']}", lang), message(f"market.unit.{row['unit']}", lang)
    said = message("market.explain.screen", lang, name=name, unit=unit, flagged=row["flagged"], tested=row["tested"])
    return sentences([said, undefined(row, lang)], lang).strip()


def undefined(row: dict[Any, Any], lang: Lang) -> str:
    """Why rows of a screen are not defined; empty where all are."""
    if not row["why"]:
        return ""
    code = row["why"]
    if code == "market.undefined.few" and row["tested"]:
        code = "market.undefined.few_rows"
    return message(code, lang, column=row["column"], least=row["least"], undefined=row["undefined"])


def _about(found: MarketScreens, names: tuple[str, ...], lang: Lang) -> list[str]:
    """Flags first, then what was tested without a flag."""
    flagged, clear, rest = list[str](), list[str](), 0
    for table in ("bidders", *GROUPS):
        for row in _rows(found.tables[table], table, names):
            own = table == "bidders" or len(names) > 1
            for screen in WEIGHTS:
                if f"q_{screen}" not in row or pd.isna(row[f"q_{screen}"]):
                    continue
                line = found.settings.false_discovery
                said = flag_of(screen, table, row, line, clause="").say(lang)
                if row[f"q_{screen}"] <= line:
                    flagged.append(message("market.explain.flag", lang, said=said))
                elif own and len(clear) < MOST_CLEAR:
                    clear.append(message("market.explain.clear", lang, said=said))
                else:
                    rest += 1
    of_details = [
        message("market.explain.flag", lang, said=replace(flag, clause="").say(lang))
        for flag in found.flags
        if flag.facts["unit"] == "shared" and set(names) <= set(_who(flag.facts["who"]))
    ]
    count = len(flagged) + len(of_details)
    tests = len(flagged) + len(clear) + rest
    facts = {"names": JOIN.join(names), "flags": count, "tested": tests, "threshold": found.settings.false_discovery}
    lines = [message("market.explain.head", lang, **facts), *of_details, *flagged, *clear]
    if rest:
        lines.append(message("market.explain.rest", lang, n=rest, names=JOIN.join(names)))
    if len(names) > 1 and not tests:
        lines.append(
            message("market.explain.not_met", lang, names=JOIN.join(names), least=found.settings.least_meetings)
        )
    return [*lines, message("market.explain.people", lang)]


def _who(given: object) -> tuple[str, ...]:
    return tuple(str(name) for name in given) if isinstance(given, tuple) else ()


def _rows(frame: pd.DataFrame, table: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows about exactly these bidders; of groups all that one bidder is in, where only one was named."""
    if table == "bidders":
        if len(names) > 1:
            return []
        kept = frame[frame["bidder"] == names[0]]
    elif table == "coalitions":
        wanted = set(names)
        kept = frame[[wanted == set(m) if len(names) > 1 else names[0] in m for m in frame["members"]]]
    else:
        one, two = ("first", "second") if table == "pairs" else ("companion", "winner")
        both = frame[[one, two]].isin(names)
        kept = frame[both.all(axis=1) if len(names) > 1 else both.any(axis=1)]
    return [{str(key): value for key, value in row.items()} for row in kept.to_dict("records")]
