"""What the order of a ranking method says of itself, and the words for methods, their figures and normalisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, catalogue, message

if TYPE_CHECKING:
    from supplier_eval.rank.method import RankingMethod
    from supplier_eval.rank.method_ranking import MethodRanking


def method_title(method: RankingMethod, lang: Lang = "en") -> str:
    """Name of a method in a language; that of a method of one's own as it was registered.

    Parameters
    ----------
    method : RankingMethod
        The method.
    lang : {"en", "zh"}
        Language. Names that the field writes in Latin letters (TOPSIS) stay so in Chinese.
    """
    return _words("method", method.name, lang, method.title)


def explain_bid(ranking: MethodRanking, bid: str, lang: Lang) -> str:
    """Which figures gave a bid its rank; empty for a bid that is out."""
    if ranking.rank_of(bid) == 0:
        return ranking.stopped.say(lang) if ranking.stopped is not None and bid in ranking.table.bids else ""
    b, how = ranking.bids.index(bid), ranking.ranked_by
    facts = {"bid": bid, "rank": ranking.ranks[b], "n": len(ranking.order), "score": f"{ranking.score[b]:.6g}"}
    lines = [message(f"matrix.rank.{how.better}", lang, method=method_title(how, lang), **facts)]
    for name, figure in ranking.figures.items():
        lines.append(message("matrix.rank.figure", lang, figure=_figure(name, lang), value=_said(figure[b], lang)))
    lines += _normalisation(ranking, lang)
    shared = [other for group in ranking.tied if bid in group for other in group if other != bid]
    if shared:
        lines.append(message("matrix.rank.tied", lang, others=_listed(shared, lang)))
    return "\n".join([*lines, message("matrix.rank.exploratory", lang)])


def explain_order(ranking: MethodRanking, lang: Lang) -> str:
    """The whole order, first to last, one line a bid with its figures; ties and bids that are out behind it."""
    if ranking.stopped is not None:
        return ranking.stopped.say(lang)
    how, order = ranking.ranked_by, ranking.order
    title = method_title(how, lang)
    if not order:
        return message("matrix.order.nobody", lang, method=title)
    lines = [message(f"matrix.order.{how.better}", lang, method=title, n=len(order))]
    figures = ranking.figures
    for bid in order:
        b = ranking.bids.index(bid)
        colon = "：" if lang == "zh" else ": "
        said = [f"{_figure(name, lang)}{colon}{_said(figure[b], lang)}" for name, figure in figures.items()]
        more = ("（" + "；".join(said) + "）" if lang == "zh" else f" ({'; '.join(said)})") if said else ""
        facts = {"rank": ranking.ranks[b], "bid": bid, "score": f"{ranking.score[b]:.6g}", "more": more}
        lines.append(message("matrix.order.line", lang, **facts))
    for group in ranking.tied:
        facts = {"bids": _listed(group, lang), "rank": ranking.rank_of(group[0])}
        lines.append(message("matrix.order.tied", lang, **facts))
    out = sorted((bid for bid in ranking.bids if ranking.rank_of(bid) == 0), key=id_key)
    if out:
        lines.append(message("matrix.order.out", lang, bids=_listed(out, lang)))
    return "\n".join([*lines, *_normalisation(ranking, lang), message("matrix.rank.exploratory", lang)])


def _normalisation(ranking: MethodRanking, lang: Lang) -> list[str]:
    if "normalisation" not in ranking.notes:
        return []
    used = str(ranking.notes["normalisation"])
    return [message("matrix.rank.normalisation", lang, used=_words("normalisation", used, lang, used))]


def _figure(name: str, lang: Lang) -> str:
    return _words("figure", name, lang, name.replace("_", " "))


def _words(kind: str, name: str, lang: Lang, otherwise: str) -> str:
    """Words of the catalogue for a method, figure or normalisation; a method of one's own has none."""
    code = f"matrix.{kind}.{name}"
    return message(code, lang) if code in catalogue() else otherwise


def _listed(bids: tuple[str, ...] | list[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(bids)


def _said(figure: Any, lang: Lang) -> str:  # noqa: ANN401 - one cell of any figure
    if isinstance(figure, bool | np.bool_):
        return message("matrix.rank.yes" if figure else "matrix.rank.no", lang)
    return f"{figure:.6g}" if isinstance(figure, float | np.floating) else str(figure)
