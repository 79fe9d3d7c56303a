"""What a bidder who lost is told: their own bid, and of the winner what the policy's disclosure rule allows (§1.3.4).

Everything in a letter passes through here. Marks bear numbers of evaluators; where the rule tells their names, marks of
single members are not told at all. Of other bidders only the winner is named, and no figure of theirs appears unless
its switch is on. How far a bid was from winning is never computed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import SupplierEvalError
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang
from supplier_eval.rank.points import ROUNDING
from supplier_eval.report.formats import NOTHING, day, money, names, number, percent, plain, short
from supplier_eval.report.letter_lots import why_undecided
from supplier_eval.report.letter_names import hider_of, named_to
from supplier_eval.report.outcome import key_label
from supplier_eval.report.tables import Kind, Table, criterion_label, total_places
from supplier_eval.report.titles import titled
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.flags import Reason

PERSON_FACTS = ("by",)  # facts of a reason that name a person


@dataclass(frozen=True)
class Letter:
    """A debrief letter, ready to be set.

    Parameters
    ----------
    bid, name : str
        Whom it goes to.
    lot : str
        Lot id.
    decision : tuple of str
        Sentences: not chosen, and why.
    winner : tuple of (str, str)
        What is told of the winner, label and text; empty where nothing may be told.
    panel : str
        Names of the members, by name, where the rule tells them; never whose mark is whose.
    own : tuple of (str, str)
        The bid's own result.
    tables : tuple of Table
        Own points by criterion, own marks.
    price_steps : tuple of str
        How the own price came to its evaluated figure.
    others : tuple of (str, str)
        Rank and total of the other bids, without names, where the rule allows it.
    standstill : str
        How long no contract is signed; empty where the policy sets no such time.
    challenge : str
        How and until when the result may be challenged under the regime; empty where its profile does not say.
    """

    bid: str
    name: str
    lot: str
    decision: tuple[str, ...]
    winner: tuple[tuple[str, str], ...]
    panel: str
    own: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    price_steps: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    standstill: str
    challenge: str


def compose(evaluation: Evaluation, bid: str, lang: Lang) -> Letter:
    """Put together what one bidder may be told.

    Parameters
    ----------
    evaluation : Evaluation
        The tender's result.
    bid : str
        A bid that did not win.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    Letter
        Only what the policy's disclosure rule allows.

    Raises
    ------
    UnknownName
        If there is no such bid.
    SupplierEvalError
        If the bid won, or its lot is not decided yet.
    """
    evaluation = titled(evaluation, lang)
    result = evaluation.lot_of(bid)
    say, rule = words(lang), evaluation.tender.policy.disclosure
    undecided = why_undecided(result, lang)
    if undecided:
        raise SupplierEvalError(undecided)
    if bid in result.ranking.winners:
        raise SupplierEvalError(say["letter.won"].format(bid=plain(bid)))
    hide = hider_of(evaluation, named_to(evaluation, result, bid), lang)
    stands = rule.standstill_days > 0 and result.ranking.stopped is None
    return Letter(
        bid=bid,
        name=result.qualification.names[bid],
        lot=result.lot,
        decision=_decision(evaluation, result, bid, hide, lang),
        winner=_winner(evaluation, result, lang),
        panel=_members(evaluation, result, lang) if rule.evaluator_names else "",
        own=_own(result, bid, lang) if rule.own_marks else (),
        tables=_tables(result, bid, lang, single=not rule.evaluator_names) if rule.own_marks else (),
        price_steps=tuple(hide(step) for step in _steps(result, bid, lang)) if rule.own_marks else (),
        others=_others(result, bid, lang) if rule.other_totals else (),
        standstill=say["letter.standstill"].format(n=rule.standstill_days) if stands else "",
        challenge=evaluation.tender.policy.rules_of_regime.challenge.say(lang),
    )


def _decision(
    evaluation: Evaluation, result: LotResult, bid: str, hide: Callable[[str], str], lang: Lang
) -> tuple[str, ...]:
    """Not chosen, and why: excluded, stopped, withdrawn, parted from an equal total, or others ranked before."""
    say, ranking = words(lang), result.ranking
    reasons = result.qualification.reasons.get(bid, ())
    ended = ranking.stopped is not None
    said = [say["letter.ended" if ended else "letter.not_chosen"].format(bid=plain(bid))]
    if reasons:
        name_people = evaluation.tender.policy.disclosure.evaluator_names
        shown = [reason if name_people else _without_people(reason, lang) for reason in reasons]
        return (*said, say["letter.excluded"], *(hide(reason.say(lang)) for reason in shown))
    if ranking.stopped is not None:
        return (*said, ranking.stopped.say(lang))
    if bid in ranking.withdrawn:
        return (*said, say["letter.withdrew"])
    if not ranking.winners:
        return (*said, say["letter.nobody"])
    return (*said, *_outranked(evaluation, result, bid, hide, lang))


def _outranked(
    evaluation: Evaluation, result: LotResult, bid: str, hide: Callable[[str], str], lang: Lang
) -> tuple[str, ...]:
    """Another bid ranks first; with an equal total, what parted the two, and how a draw is on record."""
    say, ranking = words(lang), result.ranking
    key = ranking.decided_by(ranking.winners[0], bid)
    if key in {None, "total"}:
        return (say["letter.outranked"],)
    if key != "draw":
        return (say["letter.by_key"].format(key=key_label(ranking.sheet.tree, str(key), lang)),)
    drawn = [one for one in evaluation.tender.rulings if one.case == "draw" and id_key(one.bid) == id_key(bid)]
    if not drawn:
        return (say["letter.by_draw"],)
    named = evaluation.tender.policy.disclosure.evaluator_names
    facts = {"on": day(drawn[-1].on, lang), "by": plain(drawn[-1].by)}
    said = say["letter.by_named_draw" if named else "letter.by_recorded_draw"].format(**facts)
    why = hide(plain(drawn[-1].reason))
    return (said, say["letter.draw_reason"].format(reason=why)) if why else (said,)


def _without_people(reason: Reason, lang: Lang) -> Reason:
    """The reason with the committee in place of a person's name."""
    named = {key: words(lang)["letter.committee"] for key in PERSON_FACTS if key in reason.facts}
    return replace(reason, facts={**reason.facts, **named})


def _winner(evaluation: Evaluation, result: LotResult, lang: Lang) -> tuple[tuple[str, str], ...]:
    """What the rule allows to be said of the winner."""
    say, rule, ranking = words(lang), evaluation.tender.policy.disclosure, result.ranking
    if not ranking.winners:
        return ()
    (winner,) = ranking.winners
    told: list[tuple[str, str]] = []
    if rule.winner_name:
        told.append((say["column.bidder"], plain(ranking.sheet.names.get(winner, winner))))
    if rule.winner_total:
        told.append((say["column.total"], number(ranking.total_of(winner), total_places(ranking))))
    if rule.winner_criteria:
        for name, points in ranking.criteria_points(winner).items():
            if name != ROUNDING or rule.winner_total:
                told.append((criterion_label(ranking, name, lang), number(points)))
    prices = result.sheet.prices
    price = prices.evaluated.get(winner) if prices is not None else None
    if rule.winner_price and price is not None:
        policy = evaluation.tender.policy
        label = say["column.with_unit"].format(name=say["rung.evaluated"], unit=policy.currency)
        told.append((label, money(price, policy.minor_units)))
    return tuple(told)


def _own(result: LotResult, bid: str, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Own total and rank; nothing where the bid has none."""
    say, ranking = words(lang), result.ranking
    if ranking.rank_of(bid) == 0:
        return ()
    total = number(ranking.total_of(bid), total_places(ranking))
    rank = say["letter.rank"].format(rank=ranking.rank_of(bid), n=len(ranking.order))
    return (say["column.total"], total), (say["column.rank"], rank)


def _members(evaluation: Evaluation, result: LotResult, lang: Lang) -> str:
    """Who sat on the panel of the lot, by name: not in the order of the marks."""
    panel = result.sheet.technical.panel if result.sheet.technical is not None else None
    members = evaluation.tender.evaluators
    seated = [member for member in panel.members if member in members] if panel is not None else list(members)
    return names(sorted((plain(members[one].name or one) for one in seated), key=str.casefold), lang)


def _tables(result: LotResult, bid: str, lang: Lang, *, single: bool) -> tuple[Table, ...]:
    made = [_points(result, bid, lang), _marks(result, bid, lang, single=single)]
    return tuple(table for table in made if table is not None)


def _points(result: LotResult, bid: str, lang: Lang) -> Table | None:
    """Own points of every leaf and of rounding; they add up to the own total. None where the bid has no total."""
    say, ranking, sheet = words(lang), result.ranking, result.sheet
    if ranking.rank_of(bid) == 0:
        return None
    weights = dict(zip(sheet.criteria, sheet.weights.tolist(), strict=True))
    values = dict(zip(sheet.criteria, sheet.values[:, sheet.position(bid)].tolist(), strict=True))
    heads: tuple[tuple[str, Kind], ...] = (
        (say["column.criterion"], "text"),
        (say["column.share"], "figure"),
        (say["column.value"], "figure"),
        (say["column.points"], "figure"),
    )
    rows = [
        (
            criterion_label(ranking, name, lang),
            percent(weights[name]) if name in weights else "",
            number(values[name]) if name in values else "",
            number(points),
        )
        for name, points in ranking.contributions(bid).items()
    ]
    total = number(ranking.total_of(bid), total_places(ranking))
    return Table("points", heads, (*rows, (say["column.total"], "", "", total)), {len(rows): "sum"})


def _marks(result: LotResult, bid: str, lang: Lang, *, single: bool) -> Table | None:
    """Own marks that count; those of every member before them, by number, where no member is named to the bidder."""
    technical = result.sheet.technical
    panel = technical.panel if technical is not None else None
    if panel is None or bid not in panel.bids or not panel.leaves:
        return None
    say, b = words(lang), panel.bids.index(bid)
    labels = [say["letter.member"].format(n=i) for i in range(1, len(panel.members) + 1)] if single else []
    heads: list[tuple[str, Kind]] = [(say["column.criterion"], "text"), *((label, "figure") for label in labels)]
    heads.append((say["column.mark"], "figure"))
    rows = []
    for c, leaf in enumerate(panel.leaves):
        marks = panel.marks[: len(labels), c, b]
        given = [short(float(mark)) if np.isfinite(mark) else NOTHING for mark in marks]
        rows.append((plain(leaf.name.say(lang) or leaf.id), *given, short(float(panel.raw[c, b]))))
    return Table("marks", tuple(heads), tuple(rows), {})


def _steps(result: LotResult, bid: str, lang: Lang) -> list[str]:
    """How the own price came about, where its envelope was opened."""
    prices = result.sheet.prices
    return [step.say(lang) for step in prices.steps if step.bid == bid] if prices is not None else []


def _others(result: LotResult, bid: str, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Rank and total of all other bids but the winner, without names."""
    ranking = result.ranking
    others = [other for other in ranking.order if other != bid and other not in ranking.winners]
    places, say = total_places(ranking), words(lang)
    return tuple(
        (say["letter.rank_only"].format(rank=ranking.rank_of(other)), number(ranking.total_of(other), places))
        for other in others
    )
