"""The answers of a folder of risks in sentences, the most important first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from supplier_eval.messages import Lang, message, with_clause
from supplier_eval.risk.register_entries import money_text
from supplier_eval.risk.said_figures import MOST_NAMED, some_names


def _of_each(keys: Sequence[str], say: Callable[[str], str], lang: Lang) -> list[str]:
    """The sentences about the first twelve, and how many others there are; tables and frames hold them all."""
    lines = [line for key in keys[:MOST_NAMED] for line in say(key).split("\n")]
    left = len(keys) - MOST_NAMED
    return [*lines, message("risk_folder.said.more", lang, n=left)] if left > 0 else lines


def _register(found: Any, lang: Lang) -> list[str]:  # noqa: ANN401
    risks = found.risks
    assessed = [one for one in risks.values() if one.state == "assessed"]
    total = sum(sorted(one.current.expected_loss or 0.0 for one in assessed))
    facts = {"n": len(risks), "assessed": len(assessed), "total": money_text(total), "currency": found.currency}
    lines = [message("risk_folder.said.register", lang, day=found.as_of, **facts)]
    if found.not_assessed:
        open_ones = sorted((risks[key] for key in found.not_assessed), key=lambda one: -one.age)
        days = [message("risk_folder.said.aged", lang, risk=one.risk, days=one.age) for one in open_ones]
        lines.append(message("risk_folder.said.not_assessed", lang, n=len(open_ones), risks=some_names(days, lang)))
    late = [
        message("risk_folder.said.aged", lang, risk=key, days=risks[key].overdue)
        for key in found.reviews_overdue
        if risks[key].state == "assessed"
    ]
    if late:
        lines.append(message("risk_folder.said.overdue", lang, n=len(late), risks=some_names(late, lang)))
    weak = [one.risk for one in assessed if one.knowledge == "weak"]
    if weak:
        lines.append(message("risk_folder.said.weak", lang, n=len(weak), risks=some_names(weak, lang)))
    return lines


def _colour(colour: str, lang: Lang) -> str:
    return message(f"indicator.state.{colour}", lang) if colour in COLOURS else colour


def _places(found: Any, lang: Lang) -> list[str]:  # noqa: ANN401
    counts = [(colour, sum(p.colour == colour for p in found.risks.values())) for colour in found.matrix.colours[::-1]]
    lines = [
        message(
            "risk_folder.said.places", lang, counts=some_names([f"{_colour(c, lang)} {n}" for c, n in counts], lang)
        ),
    ]
    if found.not_assessed:
        lines.append(message("risk_folder.said.no_place", lang, risks=some_names(found.not_assessed, lang)))
    return lines


def _failures(found: Any, lang: Lang) -> list[str]:  # noqa: ANN401
    modes = found.modes.values()
    counts = [f"{letter} {sum(one.priority == letter for one in modes)}" for letter in ("H", "M", "L")]
    facts = {"n": len(found.modes), "counts": some_names(counts, lang)}
    lines = [message("risk_folder.said.failures", lang, **facts)]
    first = [one.mode for one in sorted(modes, key=lambda one: one.rank or 0) if one.priority == "H"]
    if first:
        lines.append(message("risk_folder.said.failures_first", lang, modes=some_names(first, lang)))
    if found.not_rated:
        lines.append(message("risk_folder.said.failures_open", lang, modes=some_names(found.not_rated, lang)))
    return lines


def _responses(found: Any, lang: Lang) -> list[str]:  # noqa: ANN401
    states = {state: sum(one.state == state for one in found.risks.values()) for state in STATES}
    counts = some_names([f"{message(f'response.state.{state}', lang)} {n}" for state, n in states.items()], lang)
    lines = [message("risk_folder.said.responses", lang, counts=counts)]
    if found.expired:
        lines.append(
            message("risk_folder.said.expired", lang, n=len(found.expired), risks=some_names(found.expired, lang))
        )
    void = list(dict.fromkeys(m.measure for m in found.measures if m.why_not))
    if void:
        lines.append(message("risk_folder.said.void", lang, n=len(void), measures=some_names(void, lang)))
    return lines


def _rating(found: Any, lang: Lang) -> list[str]:  # noqa: ANN401
    shown = []
    for level in found.plan.levels[::-1]:
        mine = [key for key, one in found.ratings.items() if one.level == level.id]
        if mine:
            held = with_clause(level.id, level.words.say(lang), lang)
            shown.append(f"{held}{'：' if lang == 'zh' else ': '}{some_names(mine, lang)}")
    stop = "；" if lang == "zh" else "; "
    lines = [message("risk_folder.said.rating", lang, n=len(found.ratings), levels=stop.join(shown) or "-")]
    if found.not_rated:
        lines.append(message("risk_folder.said.not_rated", lang, names=some_names(found.not_rated, lang)))
    return lines


def _concentration(found: Any, lang: Lang) -> list[str]:  # noqa: ANN401
    categories = dict.fromkeys(one.category for one in found.lines if one.category)
    return _of_each(["", *categories], lambda name: found.explain(name, lang), lang)


def _portfolio(found: Any, lang: Lang) -> list[str]:  # noqa: ANN401
    stop, shown = "；" if lang == "zh" else "; ", []
    for quadrant in ("strategic", "bottleneck", "leverage", "routine"):
        mine = [key + ("?" if one.grey else "") for key, one in found.positions.items() if one.quadrant == quadrant]
        if mine:
            shown.append(f"{message(f'kraljic.quadrant.{quadrant}', lang)}: {some_names(mine, lang)}")
    lines = [message("risk_folder.said.portfolio", lang, places=stop.join(shown) or "-")]
    if found.not_placed:
        lines.append(message("risk_folder.said.not_placed", lang, names=some_names(found.not_placed, lang)))
    return lines


def _indicators(found: Any, lang: Lang) -> list[str]:  # noqa: ANN401
    counts = {state: sum(one.state == state for one in found.status.values()) for state in COLOURS}
    shown = [f"{message(f'indicator.state.{state}', lang)} {n}" for state, n in counts.items()]
    facts = {"n": len(found.status), "counts": some_names(shown, lang), "open": len(found.open_warnings)}
    lines = [message("risk_folder.said.indicators", lang, **facts)]
    worst = [key for state in COLOURS[:3] for key, one in found.status.items() if one.state == state]
    return [*lines, *_of_each(worst, lambda key: found.explain(key, lang), lang)]


def _backtest(found: Any, lang: Lang) -> list[str]:  # noqa: ANN401
    return _of_each(list(found.tests), lambda key: found.explain(key, lang), lang)


def _itself(found: Any, lang: Lang) -> list[str]:  # noqa: ANN401
    return found.explain(lang).split("\n")  # type: ignore[no-any-return]


STATES = ("open", "treated", "accepted", "avoided")
COLOURS = ("red", "amber", "grey", "green")
SAY: Mapping[str, Callable[[Any, Lang], list[str]]] = {
    "register": _register,
    "matrix": _itself,
    "places": _places,
    "failures": _failures,
    "losses": _itself,
    "responses": _responses,
    "choice": _itself,
    "tails": _itself,
    "rating": _rating,
    "concentration": _concentration,
    "portfolio": _portfolio,
    "indicators": _indicators,
    "backtest": _backtest,
}
