"""The rating of a supplier in sentences: level, reasons in order of weight, what is open, what changed."""

from __future__ import annotations

from fractions import Fraction

from supplier_eval.messages import Lang, catalogue, message, with_clause
from supplier_eval.messages.minus import said_figure
from supplier_eval.risk.rating_plan import RatingPlan
from supplier_eval.risk.rating_result import RatedMeasure, RatingChange, SupplierRating
from supplier_eval.risk.said_figures import figure_text

SHARES = ("spend_share", "revenue_share")
OVERDUE = "overdue:"
CODES = {zone: f"altman.zone.{zone}" for zone in ("distress", "grey", "safe")}
CODES |= {f"rest_{takes}": f"rating.detail.rest_{takes}" for takes in ("yes", "no", "unknown")}


def rating_words(one: SupplierRating, plan: RatingPlan, lang: Lang = "en") -> str:
    """A sentence a line.

    Parameters
    ----------
    one : SupplierRating
        The supplier.
    plan : RatingPlan
        By which it was rated.
    lang : {"en", "zh"}
        Language.
    """
    said = [_head(one, plan, lang)]
    if len(one.between) > 1:
        facts = {"lower": _shown(one.lower, plan), "upper": _shown(one.upper, plan), "levels": _join(one.between, lang)}
        said.append(message("rating.said.between", lang, **facts))
    said += [_knock_out(name, plan, lang) for name in one.knock_outs]
    said += [_reason(place, reason, lang) for place, reason in enumerate(one.reasons, start=1) if not reason.why]
    said += [
        message("rating.said.not_assessed", lang, measure=_name(r.measure, lang), weight=f"{float(r.weight):g}",
                why=message(f"rating.why.{r.why}", lang))
        for r in one.reasons
        if r.why
    ]  # fmt: skip
    if one.coverage < 1:
        low, high = one.possible
        said.append(message("rating.said.possible", lang, low=f"{float(low):.1f}", high=f"{float(high):.1f}"))
    if one.level_before is not None:
        none = message("rating.said.none", lang)
        facts = {"before": one.level_before or none, "now": one.level or none}
        said.append(message("rating.said.previous", lang, **facts))
        said += [_change(change, lang) for change in one.changes]
    return "\n".join(said)


def _head(one: SupplierRating, plan: RatingPlan, lang: Lang) -> str:
    shown = f"{one.supplier} ({one.name})" if one.name else one.supplier
    coverage = f"{100 * float(one.coverage):.0f}"
    if not one.rated:
        floor = f"{100 * float(plan.coverage_floor):.0f}"
        return message("rating.said.not_rated", lang, supplier=shown, coverage=coverage, floor=floor)
    words = plan.levels[plan.level(one.level)].words.say(lang)
    facts = {"level": one.level, "words": with_clause("", words, lang), "score": _shown(one.score, plan)}
    return message("rating.said.rated", lang, supplier=shown, coverage=coverage, **facts)


def _knock_out(name: str, plan: RatingPlan, lang: Lang) -> str:
    rule = next(one for one in plan.knock_outs if one.id == name)
    facts = {"measure": _name(rule.measure, lang), "points": f"{float(rule.points):g}", "level": rule.level}
    return message("rating.said.knock_out", lang, name=name, **facts)


def _reason(place: int, one: RatedMeasure, lang: Lang) -> str:
    figure = float(one.figure or 0)
    shown = f"{100 * figure:.1f} %" if one.measure in SHARES else figure_text(figure, 4)
    detail = f" ({'; '.join(_detail(each, lang) for each in one.detail)})" if one.detail else ""
    facts = {"points": f"{float(one.points or 0):.1f}", "part": f"{float(one.contribution or 0):.2f}"}
    name = _name(one.measure, lang)
    return message("rating.said.reason", lang, place=place, measure=name, figure=shown, detail=detail, **facts)


def _detail(given: str, lang: Lang) -> str:
    """Codes in words: zones, whether the rest takes over, what is overdue; names as they are."""
    if given in CODES:
        return message(CODES[given], lang)
    if given.startswith(OVERDUE):
        return message("rating.detail.overdue", lang, what=given.removeprefix(OVERDUE))
    return given


def _change(one: RatingChange, lang: Lang) -> str:
    none = message("rating.said.open", lang)
    before, now = (none if x is None else f"{float(x):.2f}" for x in (one.before, one.now))
    facts = {"before": before, "now": now, "by": said_figure(f"{float(one.by):+.2f}")}
    return message("rating.said.change", lang, measure=_name(one.measure, lang), **facts)


def _name(measure: str, lang: Lang) -> str:
    code = f"rating.measure.{measure}"
    return message(code, lang) if code in catalogue() else measure


def _join(names: tuple[str, ...], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(names)


def _shown(figure: Fraction | None, plan: RatingPlan) -> str:
    return "-" if figure is None else f"{float(figure):.{plan.rounding}f}"
