"""Screens as rows of text: flags, what was tested, pairs and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from supplier_eval.integrity.market_flags import small
from supplier_eval.integrity.market_words import undefined
from supplier_eval.integrity.screen_answers import screen_label
from supplier_eval.messages import Lang, message
from supplier_eval.report.formats import NOTHING, percent, plain
from supplier_eval.report.tables import Table
from supplier_eval.report.tables_award import Columns
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.integrity.market_result import MarketScreens
    from supplier_eval.integrity.screen_answers import ScreenAnswers


def flags_table(answers: ScreenAnswers, lang: Lang, most: int, alike: int) -> tuple[Table, list[str]]:
    """Give the flags, the heaviest first, at most so many of each screen, and what is said of the rest.

    Parameters
    ----------
    answers : ScreenAnswers
        Any.
    lang : {"en", "zh"}
        Language.
    most, alike : int
        Rows at most in all, and of each screen.

    Returns
    -------
    tuple of (Table, list of str)
    """
    say, frame = words(lang), answers.to_frame(lang)
    columns: Columns = [
        (say["screens.weight"], "figure"),
        (say["screens.screen"], "text"),
        (say["screens.who"], "id"),
        (say["screens.tender"], "id"),
        (say["screens.says"], "text"),
    ]
    rows, more = list[tuple[str, ...]](), list[str]()
    kept = frame.groupby(["scope", "screen"], sort=False).cumcount() < alike
    for row in frame[kept].head(most).to_dict("records"):
        label = screen_label(str(row["scope"]), str(row["screen"]), lang)
        weight = NOTHING if pd.isna(row["weight"]) else str(row["weight"])
        names = plain(row["names"]) or NOTHING
        rows.append((weight, label, names, plain(row["tender"]) or NOTHING, plain(row["says"])))
    for (scope, screen), own in frame.groupby(["scope", "screen"], sort=False):
        if len(own) > alike:
            label = screen_label(str(scope), str(screen), lang)
            more.append(say["screens.alike"].format(n=len(own), screen=label))
    left = int(kept.sum()) - len(rows)
    if left > 0:
        more.append(say["screens.more"].format(n=left))
    return Table("flags", tuple(columns), tuple(rows), {}), more


def screens_table(market: MarketScreens, lang: Lang) -> Table:
    """Give every screen across tenders: how many were tested and flagged, and why others were not."""
    say = words(lang)
    columns: Columns = [
        (say["screens.weight"], "figure"),
        (say["screens.screen"], "text"),
        (say["screens.unit"], "text"),
        (say["screens.tested"], "figure"),
        (say["screens.flagged"], "figure"),
        (say["screens.smallest"], "figure"),
        (say["screens.undefined"], "text"),
    ]
    rows, marked = list[tuple[str, ...]](), {}
    for at, row in enumerate(market.to_frame("screens").to_dict("records")):
        if row["flagged"]:
            marked[at] = "first"
        rows.append(
            (
                str(row["weight"]),
                message(f"market.name.{row['screen']}", lang),
                message(f"market.unit.{row['unit']}", lang),
                f"{row['tested']:,}",
                f"{row['flagged']:,}",
                small(row["smallest_q"]),
                undefined({str(key): value for key, value in row.items()}, lang) or NOTHING,
            )
        )
    return Table("tests", tuple(columns), tuple(rows), marked)


def pairs_table(market: MarketScreens, lang: Lang, most: int = 20) -> Table:
    """Give the pairs that met most, with who won and how often one followed itself."""
    say = words(lang)
    columns: Columns = [
        (say["screens.first"], "id"),
        (say["screens.second"], "id"),
        (say["screens.meetings"], "figure"),
        (say["screens.lift"], "figure"),
        (say["screens.wins"], "figure"),
        (say["screens.joint"], "figure"),
        (say["screens.repeats"], "figure"),
    ]
    frame = market.to_frame("pairs").sort_values(["meetings", "first", "second"], ascending=[False, True, True])
    rows = [
        (
            plain(row["first"]),
            plain(row["second"]),
            str(row["meetings"]),
            f"{row['lift']:.2f}",
            f"{row['first_wins']} : {row['second_wins']}",
            percent(row["joint_share"], 1) if row["decided"] else NOTHING,
            f"{row['repeats']} / {row['wins_in_order']}",
        )
        for row in frame.head(most).to_dict("records")
    ]
    return Table("pairs", tuple(columns), tuple(rows), {})


def groups_table(market: MarketScreens, lang: Lang, most: int = 20) -> Table:
    """Give the groups whose bids lie closest together beside others, by p-value."""
    say = words(lang)
    columns: Columns = [
        (say["screens.members"], "id"),
        (say["screens.meetings"], "figure"),
        (say["screens.variation"], "figure"),
        (say["screens.compared"], "figure"),
        (say["screens.corrected"], "figure"),
    ]
    frame = market.to_frame("coalitions")
    if "p_close_coalition" not in frame:
        return Table("groups", tuple(columns), (), {})
    frame = frame[frame["p_close_coalition"].notna()].sort_values(["p_close_coalition", "members"])
    rows = [
        (
            plain(" + ".join(row["members"])),
            str(row["meetings"]),
            f"{100 * row['mean_cv']:.2f}",
            str(row["compared"]),
            small(row["q_close_coalition"]),
        )
        for row in frame.head(most).to_dict("records")
    ]
    return Table("groups", tuple(columns), tuple(rows), {})
