"""What the command line shows: rankings, exclusions and flags as plain tables in either language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from supplier_eval.messages import Lang, clean
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.policy import Regime


def print_evaluation(evaluation: Evaluation, lang: Lang) -> None:
    """Print every lot's order, who is out and why, the flags, and the standing."""
    say = words(lang)
    console = Console(highlight=False)
    _line(console, f"{evaluation.tender.notice.title.say(lang)} ({evaluation.tender.notice.id})")
    for result in evaluation.lots.values():
        if len(evaluation.lots) > 1:
            _line(console, f"\n{say['console.lot']} {result.lot}")
        _print_lot(console, result, lang)
    if evaluation.flags:
        _line(console, f"\n{say['console.flags']}")
    for flag in evaluation.flags:
        state = say[f"state.{flag.state}"]
        _line(console, f"  [{state}] {flag.say(lang)}")
    _line(console, f"\n{say['console.standing']}: {say[f'standing.{evaluation.standing}']}")
    for reason in evaluation.standing_reasons:
        _line(console, f"  {reason.say(lang)}")
    _line(console, f"{say['console.policy']}: {evaluation.policy_fingerprint}")


def _line(console: Console, text: str) -> None:
    console.print(Text(text), soft_wrap=True)


def _print_lot(console: Console, result: LotResult, lang: Lang) -> None:
    say = words(lang)
    ranking = result.ranking
    if ranking.stopped is not None:
        _line(console, ranking.stopped.say(lang))
    tree = result.sheet.tree
    tops = [root.id for root in tree.roots] if tree is not None else []
    table = Table(box=box.SIMPLE, show_edge=False)
    for name in ("console.rank", "console.bid", "console.name", "console.total", "console.margin"):
        table.add_column(say[name], justify="right" if name in {"console.rank", "console.total"} else "left")
    for top in tops:
        label = tree[top].name.say(lang) if tree is not None else top
        table.add_column(Text(label), justify="right")
    for bid in ranking.order:
        points = ranking.criteria_points(bid)
        margin = ranking.margins[bid]
        table.add_row(
            str(ranking.rank_of(bid)),
            Text(clean(bid)),
            Text(clean(result.qualification.names[bid])),
            f"{ranking.total_of(bid):.3f}",
            "" if math.isnan(margin) else f"{margin:.3f}",
            *(f"{points[top]:.3f}" for top in tops),
        )
    if ranking.order:
        console.print(table)
    for bid in result.qualification.bids:
        for reason in result.qualification.reasons.get(bid, ()):
            _line(console, f"  {say['console.out']} {clean(bid)}: {reason.say(lang)}")


def print_profiles(regimes: Mapping[str, Regime], lang: Lang) -> None:
    """Print the profiles with scope, validity and how far they were verified."""
    say = words(lang)
    table = Table(box=box.SIMPLE, show_edge=False)
    for name in ("console.profile", "console.title", "console.scope", "console.valid", "console.verified"):
        table.add_column(say[name])
    for name, regime in regimes.items():
        until = regime.valid_to.isoformat() if regime.valid_to else ""
        since = regime.valid_from.isoformat() if regime.valid_from else ""
        table.add_row(
            name,
            Text(regime.title.say(lang)),
            Text(regime.scope.say(lang)),
            f"{since} - {until}" if since or until else "",
            say[f"verified.{regime.verified}"],
        )
    Console(highlight=False).print(table)
