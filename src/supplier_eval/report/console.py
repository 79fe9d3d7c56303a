"""What the command line shows: rankings, exclusions and flags as plain tables in either language.

Clauses of the policy (§3.1.1, §3.2.3, §3.2.4).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from supplier_eval.messages import Lang, clean
from supplier_eval.messages.minus import said_figure
from supplier_eval.report.formats import day, plain
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.policy import Regime
    from supplier_eval.report.tables import Table as Rows

PIPE_WIDTH = 160
MOST_ALIKE = 12  # flags of one kind on the console
MOST_COLUMNS = 9  # top criteria on the console


def print_evaluation(evaluation: Evaluation, lang: Lang) -> None:
    """Print every lot's order, who is out and why, the flags, and the standing."""
    say = words(lang)
    console = _console()
    _line(console, f"{plain(evaluation.tender.notice.title.say(lang))} ({evaluation.tender.notice.id})")
    for result in evaluation.lots.values():
        if len(evaluation.lots) > 1:
            _line(console, f"\n{say['console.lot']} {result.lot}")
        _print_lot(console, result, lang)
    if evaluation.flags:
        _line(console, f"\n{say['console.flags']}")
    for code in dict.fromkeys(flag.code for flag in evaluation.flags):
        alike = [flag for flag in evaluation.flags if flag.code == code]
        for flag in alike[:MOST_ALIKE]:
            _line(console, f"  [{say[f'state.{flag.state}']}] {flag.say(lang)}")
        if len(alike) > MOST_ALIKE:
            _line(console, "  … " + say["console.alike"].format(n=len(alike), code=code))
    _line(console, f"\n{say['console.standing']}{say['text.colon']}{say[f'standing.{evaluation.standing}']}")
    for reason in evaluation.standing_reasons:
        _line(console, f"  {reason.say(lang)}")
    _line(console, f"{say['console.policy']}{say['text.colon']}{evaluation.policy_fingerprint}")


def _line(console: Console, text: str) -> None:
    console.print(Text(clean_lines(text)), soft_wrap=True)


def _print_lot(console: Console, result: LotResult, lang: Lang) -> None:
    say = words(lang)
    ranking = result.ranking
    if ranking.stopped is not None:
        _line(console, ranking.stopped.say(lang))
    if ranking.order:
        console.print(_order(result, lang), "")
        if len(ranking.sheet.tree.roots if ranking.sheet.tree is not None else ()) <= MOST_COLUMNS:
            console.print(_points(result, lang))
    for group in ranking.tied:
        rank = ranking.rank_of(group[0])
        _line(console, "  " + say["console.draw"].format(rank=rank, bids=", ".join(map(clean, group))))
    for bid in result.qualification.bids:
        for reason in result.qualification.reasons.get(bid, ()):
            _line(console, f"  {say['console.out']} {clean(bid)}: {reason.say(lang)}")


def _order(result: LotResult, lang: Lang) -> Table:
    """Rank, bid, bidder, total and margin."""
    say, ranking = words(lang), result.ranking
    table = _table()
    for name in ("rank", "bid", "name", "total", "margin"):
        right = name in {"rank", "total", "margin"}
        table.add_column(say[f"console.{name}"], justify="right" if right else "left", no_wrap=right, overflow="fold")
    for bid in ranking.order:
        margin = ranking.margins[bid]
        table.add_row(
            str(ranking.rank_of(bid)),
            Text(clean(bid)),
            Text(clean(result.qualification.names[bid])),
            f"{ranking.total_of(bid):z.3f}",
            "" if math.isnan(margin) else f"{margin:z.3f}",
        )
    return table


def _points(result: LotResult, lang: Lang) -> Table:
    """Points of each bid by top criterion, and the rounding where it acts."""
    say, ranking = words(lang), result.ranking
    points = {bid: ranking.criteria_points(bid) for bid in ranking.order}
    columns = list(dict.fromkeys(name for lines in points.values() for name in lines))
    table = _table()
    table.add_column(say["console.bid"], overflow="fold")
    for name in columns:
        table.add_column(Text(plain(ranking.label(name, lang))), justify="right", overflow="fold")
    for bid, lines in points.items():
        table.add_row(Text(clean(bid)), *(said_figure(f"{lines.get(name, 0.0):z.3f}") for name in columns))
    return table


def _table() -> Table:
    return Table(box=box.SIMPLE, show_edge=False, pad_edge=False)


def _console() -> Console:
    """Print as wide as the terminal; a pipe or a file has no width of its own."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PIPE_WIDTH)


def print_profiles(regimes: Mapping[str, Regime], lang: Lang) -> None:
    """Print the profiles with scope, validity and how far they were verified."""
    say = words(lang)
    table = _table()
    for name in ("console.profile", "console.title", "console.scope", "console.valid", "console.verified"):
        table.add_column(say[name], overflow="fold")
    for name, regime in regimes.items():
        until = day(regime.valid_to, lang) if regime.valid_to else ""
        since = day(regime.valid_from, lang) if regime.valid_from else ""
        table.add_row(
            name,
            Text(regime.title.say(lang)),
            Text(regime.scope.say(lang)),
            f"{since} – {until}" if since or until else "",
            say[f"verified.{regime.reading}"],
        )
    _console().print(table)


def print_line(text: str) -> None:
    """Print text as it is, without markup, broken only where the terminal breaks it."""
    _line(_console(), text)


def clean_lines(text: str) -> str:
    """Take characters that are not seen out of every line; the indent stays."""
    return "\n".join(" " * (len(line) - len(line.lstrip(" "))) + plain(line) for line in text.split("\n"))


def print_rows(rows: Rows) -> None:
    """Print a table of text as the page shows it."""
    table = _table()
    for label, kind in rows.columns:
        table.add_column(Text(plain(label)), justify="right" if kind == "figure" else "left", overflow="fold")
    for row in rows.rows:
        table.add_row(*(Text(clean_lines(cell)) for cell in row))
    _console().print(table)


@contextmanager
def live_line(text: str) -> Iterator[Callable[[str], None]]:
    """Keep one moving line on stderr while something runs; where stderr is no terminal nothing is written.

    Parameters
    ----------
    text : str
        What stands there first.

    Yields
    ------
    callable
        Takes the text that stands there from now on.
    """
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status(Text(plain(text))) as status:
        yield lambda said: status.update(Text(plain(said)))
