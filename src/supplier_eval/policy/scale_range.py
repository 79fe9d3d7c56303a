"""A criterion's scale in words: what it improves from, what it improves to, in which unit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from supplier_eval.messages import Lang, message
from supplier_eval.policy.criteria import (
    Criterion,
    Exponential,
    Linear,
    PiecewiseLinear,
    Rubric,
    Step,
    Threshold,
    YesNo,
)
from supplier_eval.policy.tree import CriteriaTree


def range_words(
    tree: CriteriaTree, criterion_id: str, lang: Lang, ranges: Mapping[str, tuple[Any, Any]], short: bool = False
) -> str:
    """Name of a criterion with the range of its scale: ``response time from 240 min to 15 min``.

    Parameters
    ----------
    tree : CriteriaTree
        The criteria.
    criterion_id : str
        Leaf or node; a node is worded with the ranges of its leaves.
    lang : {"en", "zh"}
        Language.
    ranges : mapping of str to tuple
        Criterion → (from, to) that replaces the scale's own ends.
    short : bool
        Leave out the rubric's words for the marks; always so inside a node.

    Returns
    -------
    str
        A part of a sentence.
    """
    criterion = tree[criterion_id]
    name = criterion.name.say(lang) or criterion.id
    if criterion_id in ranges:
        low, high = (_figure(end) for end in ranges[criterion_id])
        return message("weighting.range.plain", lang, name=name, low=low, high=high)
    below = tree.children(criterion_id)
    if below:
        inner = ("；" if lang == "zh" else "; ").join(range_words(tree, c.id, lang, ranges, short=True) for c in below)
        return message("weighting.range.node", lang, name=name, inner=inner)
    if criterion.price is not None:
        return message("weighting.range.price", lang, name=name, formula=criterion.price.formula)
    low, high = scale_ends(criterion.model_copy(update={"anchors": ()}) if short else criterion, lang)
    return message("weighting.range.plain", lang, name=name, low=low, high=high)


def scale_ends(criterion: Criterion, lang: Lang) -> tuple[str, str]:
    """Floor and target of a leaf's scale in words, with the unit or the rubric's words for the mark.

    Parameters
    ----------
    criterion : Criterion
        A leaf that is not a price.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    tuple of str
        From and to.
    """
    rule = criterion.value_rule()
    if isinstance(rule, YesNo):
        ends = [message("weighting.range.no", lang), message("weighting.range.yes", lang)]
        return (ends[0], ends[1]) if rule.yes >= rule.no else (ends[1], ends[0])
    if isinstance(rule, Rubric):
        by_value = sorted(rule.levels, key=lambda level: rule.levels[level])
        return by_value[0], by_value[-1]
    if isinstance(rule, Threshold):
        at = _with_unit(rule.at, criterion)
        missed, met = ("below", "at_least") if rule.direction == "max" else ("above", "at_most")
        low, high = message(f"weighting.range.{missed}", lang, at=at), message(f"weighting.range.{met}", lang, at=at)
        return low, high
    if isinstance(rule, Linear | Exponential):
        return _end(rule.floor, criterion, lang), _end(rule.target, criterion, lang)
    if isinstance(rule, Step):
        return _step_ends(rule, criterion, lang)
    return _knot_ends(rule, criterion, lang)


def _knot_ends(rule: PiecewiseLinear, criterion: Criterion, lang: Lang) -> tuple[str, str]:
    """The last raw figure of least value, and the first of most: what lies beyond is flat."""
    values = [value for _, value in rule.knots]
    rising = values[-1] >= values[0]
    along = rule.knots if rising else rule.knots[::-1]
    low = [raw for raw, value in along if value == min(values)][-1]
    high = next(raw for raw, value in along if value == max(values))
    return _end(low, criterion, lang), _end(high, criterion, lang)


def _step_ends(rule: Step, criterion: Criterion, lang: Lang) -> tuple[str, str]:
    """Below the first step that is worth more than nothing, and from the step of most value on."""
    first, last = rule.steps[0], rule.steps[-1]
    before = (Decimal(0) if last[1] >= first[1] else first[1]) if rule.below is None else rule.below
    values = [before, *(value for _, value in rule.steps)]
    rising = values[-1] >= values[0]
    turn = next((raw for raw, value in rule.steps if value != values[0]), first[0])
    top = next(raw for raw, value in rule.steps if value == values[-1])
    low = message("weighting.range.below", lang, at=_with_unit(turn, criterion))
    high = message("weighting.range.at_least", lang, at=_with_unit(top, criterion))
    return (low, high) if rising else (high, low)


def _end(raw: Decimal, criterion: Criterion, lang: Lang) -> str:
    """A raw figure with its unit, or with the words that the rubric has for this mark."""
    words = next((a.words.say(lang) for a in criterion.anchors if a.mark == raw), "")
    shown = _with_unit(raw, criterion)
    return message("weighting.range.mark", lang, mark=shown, words=words) if words else shown


def _with_unit(raw: Decimal, criterion: Criterion) -> str:
    return f"{_figure(raw)} {criterion.unit}".strip() if criterion.unit != "%" else f"{_figure(raw)}%"


def _figure(end: Any) -> str:  # noqa: ANN401 - figure or words
    if isinstance(end, Decimal):
        return format(end.normalize(), "f") if end else "0"
    return str(end)
