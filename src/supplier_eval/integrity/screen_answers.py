"""All that was screened in one go: inside tenders, across them, in OCDS releases; one table of flags, one document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from supplier_eval.errors import Finding
from supplier_eval.flags import Flag
from supplier_eval.integrity.bid_screens_words import remarks
from supplier_eval.integrity.market_flags import screen_of
from supplier_eval.integrity.market_screens import WEIGHTS
from supplier_eval.messages import Lang, message
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    from supplier_eval.integrity.bid_screens import BidScreens
    from supplier_eval.integrity.market_result import MarketScreens
    from supplier_eval.integrity.ocds_red_flags import RedFlags

FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("scope", "weight", "screen", "names", "tender", "figure", "threshold", "p", "says")


@dataclass(frozen=True, eq=False)
class ScreenAnswers(Shown):
    """Screens of one source.

    Parameters
    ----------
    bids : BidScreens or None
        Inside tenders.
    market : MarketScreens or None
        Across tenders; None where there is one tender only.
    releases : RedFlags or None
        Of OCDS releases.
    """

    bids: BidScreens | None = None
    market: MarketScreens | None = None
    releases: RedFlags | None = None

    @property
    def standing(self) -> Literal["exploratory"]:
        """Always exploratory: people rule."""
        return "exploratory"

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What was odd in the table of bids."""
        return next((one.warnings for one in (self.bids, self.market, self.releases) if one is not None), ())

    @property
    def policy_fingerprint(self) -> str:
        """Of the tender's policy, where a tender was screened."""
        return self.bids.policy_fingerprint if self.bids is not None else ""

    def remarks(self, lang: Lang = "en") -> list[str]:
        """What must stand beside the flags: how many of which kind, lines that do not fit, ties that are no flags."""
        lines = []
        if self.bids is not None and self.market is not None:
            facts = {"inside": len(self.bids.flags), "across": len(self.market.flags)}
            lines.append(message("screens.words.both", lang, count=sum(facts.values()), **facts))
        return lines if self.bids is None else lines + remarks(self.bids, lang)

    def to_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """One row a flag, the heaviest first; those inside tenders bear no weight and stand last, by tender.

        Columns: ``scope`` (across, inside, releases) · ``weight`` (3 to 1, across only) · ``screen`` · ``names`` ·
        ``tender`` · ``figure threshold`` (across: corrected p-value and its line) · ``p`` · ``says``.
        """
        rows = [] if self.market is None else [_across(flag, lang) for flag in self.market.flags]
        for scope, source in (("inside", self.bids), ("releases", self.releases)):
            flags = () if source is None else sorted(source.flags, key=lambda flag: (not flag.lot, _natural(flag.lot)))
            rows += [_one(scope, flag, lang) for flag in flags]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        return frame.astype({"weight": "Int64", "figure": "Float64", "threshold": "Float64", "p": "Float64"})

    def write_flags(self, path: Path, lang: Lang = "en") -> Path:
        """Write the flags as CSV (UTF-8 with mark); what a spreadsheet would run gets an apostrophe."""
        frame = self.to_frame(lang)
        for column in ("screen", "names", "tender", "says"):
            frame[column] = [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in frame[column].astype(str)]
        path.parent.mkdir(parents=True, exist_ok=True)
        frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8-sig")
        return path

    def document(self, lang: Lang = "en") -> dict[str, Any]:
        """Everything as one document: standing, flags, what was tested, tables across tenders."""
        found: dict[str, Any] = {"standing": self.standing, "policy_fingerprint": self.policy_fingerprint}
        found["warnings"] = [finding.line(lang) for finding in self.warnings]
        found["remarks"] = self.remarks(lang)
        found["flags"] = records(self.to_frame(lang))
        if self.bids is not None:
            found["tenders"] = records(self.bids.to_frame())
        if self.market is not None:
            kinds = ("screens", "market", "bidders", "buyers", "pairs", "companions", "coalitions", "periods", "shared")
            found["across"] = {kind: records(self.market.to_frame(kind)) for kind in kinds}
        return found


def _across(flag: Flag, lang: Lang) -> tuple[object, ...]:
    screen = screen_of(flag)
    p = flag.facts.get("p_value")
    head = ("across", WEIGHTS[screen], screen, str(flag.facts["names"]), flag.lot)
    return (*head, flag.figure, flag.threshold, p, flag.say(lang))


def _one(scope: str, flag: Flag, lang: Lang) -> tuple[object, ...]:
    screen = flag.code.split(".", 1)[1]
    return (scope, None, screen, flag.bid, flag.lot, flag.figure, flag.threshold, None, flag.say(lang))


def screen_label(scope: str, screen: str, lang: Lang) -> str:
    """What a screen is called in words; a red flag also by its number."""
    if scope == "releases":
        indicator = screen.partition(".")[0]
        return f"{indicator.upper()} {message(f'ocds_flags.{indicator}.title', lang)}"
    return message(f"market.name.{screen}" if scope == "across" else f"screens.{screen}.title", lang)


def _natural(tender: str) -> tuple[tuple[str, int], ...]:
    """Order in which people count: 2 before 10."""
    return tuple((text, int(digits or -1)) for text, digits in re.findall("([^0-9]*)([0-9]*)", tender))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON holds them: a missing or infinite figure is null."""
    return [{str(key): _plain(value) for key, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, np.generic):
        return value.item()
    return value if isinstance(value, str | int | bool | Mapping) else str(value)
