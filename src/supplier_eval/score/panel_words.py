"""What the agreement of a panel means, in plain sentences; the words stand in ``messages/panel.toml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from supplier_eval.score.panel_front import PanelAgreement

SHOWN_AS_ZERO = 0.005  # points are printed to two places
COMMA = {"en": ", ", "zh": "、"}


def sentences(agreement: PanelAgreement, lang: Lang) -> list[str]:
    """Say what one table of marks tells about the panel, sentence by sentence.

    Parameters
    ----------
    agreement : PanelAgreement
        The result; results per criterion inside it are not read.
    lang : {"en", "zh"}
        Language of the sentences.

    Returns
    -------
    list of str
        The size of the table, who was left out, W, two of the correlations, alpha, then each evaluator.
    """
    size = {"n_evaluators": len(agreement.figures.evaluators), "n_bids": len(agreement.figures.bids)}
    if agreement.criterion is None:
        said = [message("panel.heading.total", lang, **size)]
    else:
        said = [message("panel.heading.criterion", lang, criterion=clean(agreement.criterion), **size)]
    if agreement.left_out:
        said.append(message("panel.left_out", lang, names=_names(agreement.left_out, lang)))
    return [*said, *_order(agreement, lang), *_marks(agreement, lang), *_evaluators(agreement, lang)]


def _order(agreement: PanelAgreement, lang: Lang) -> list[str]:
    """Kendall's W."""
    w = agreement.kendall_w
    if w.value is None:
        return [_no_value("kendall_w", w.reason, lang)]
    facts = {"value": w.value, "chi2": w.chi2, "df": w.df, "p_value": w.p_value}
    said = [message("panel.kendall_w", lang, **facts)]
    return [*said, message("panel.kendall_w.rough", lang, n_bids=w.n_bids)] if w.rough else said


def _marks(agreement: PanelAgreement, lang: Lang) -> list[str]:
    """ICC(2,1), ICC(2,k) and alpha."""
    icc, alpha, said = agreement.icc, agreement.alpha, []
    if icc.reason is not None:
        said.append(_no_value("icc", icc.reason, lang))
    else:
        for form, code, measure in (("2,1", "single", "icc_2_1"), ("2,k", "mean", "icc_2_k")):
            found = icc[form]
            if found.value is None:
                said.append(_no_value(measure, found.reason, lang))
                continue
            interval = ""
            if found.ci_low is not None and found.ci_high is not None:
                bounds = {"percent": 100 * icc.confidence, "low": found.ci_low, "high": found.ci_high}
                interval = message("panel.icc.interval", lang, **bounds)
            said.append(message(f"panel.icc.{code}", lang, value=found.value, interval=interval))
    if alpha.value is None:
        return [*said, _no_value("alpha", alpha.reason, lang)]
    level = message(f"panel.level.{alpha.level}", lang)
    counts = {"n_pairable": alpha.n_pairable, "n_units": alpha.n_units}
    return [*said, message("panel.alpha", lang, value=alpha.value, level=level, **counts)]


def _evaluators(agreement: PanelAgreement, lang: Lang) -> list[str]:
    """Severity and spread of each evaluator who has marks."""
    effects, names = agreement.figures.effects, [str(name) for name in agreement.totals.index]
    if effects.reason is not None:
        said = [_no_value("severity", effects.reason, lang)]
        if effects.reason == "unconnected":
            between = "; " if lang == "en" else "；"
            groups = between.join(_names([names[i] for i in group], lang) for group in effects.groups)
            said.append(message("panel.groups", lang, groups=groups))
        return said
    return [_evaluator(agreement, i, names[i], lang) for i in agreement.figures.evaluators]


def _evaluator(agreement: PanelAgreement, i: int, name: str, lang: Lang) -> str:
    """Severity and spread of one evaluator."""
    effects = agreement.figures.effects
    points, error, spread = effects.severity[i], effects.standard_error[i], effects.spread[i]
    parts = {
        "error": "" if np.isnan(error) else message("panel.severity.error", lang, points=error),
        "spread": "" if np.isnan(spread) else message("panel.severity.spread", lang, points=spread),
    }
    side = "even" if abs(points) < SHOWN_AS_ZERO else "harder" if points < 0 else "milder"
    return message(f"panel.severity.{side}", lang, evaluator=clean(name), points=abs(points), **parts)


def _no_value(measure: str, reason: str | None, lang: Lang) -> str:
    """Why a measure has no value."""
    what, why = message(f"panel.measure.{measure}", lang), message(f"panel.reason.{reason}", lang)
    return message("panel.no_value", lang, measure=what, why=why)


def _names(names: tuple[str, ...] | list[str], lang: Lang) -> str:
    """Names on one line, cleaned of control characters."""
    return COMMA[lang].join(clean(name) for name in names)
