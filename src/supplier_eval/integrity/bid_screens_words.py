"""What the screens found, in sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from supplier_eval.integrity.bid_screens_frame import equalities, why_not
from supplier_eval.messages import Lang, message

if TYPE_CHECKING:
    from supplier_eval.integrity.bid_screens import BidScreens

SPOKEN = (
    *("cv", "spread", "difference", "relative_distance", "normalised_distance", "alternative_distance"),
    *("skewness", "kurtosis", "ks_standardised", "ks_uniform", "ks_q", "gap_q"),
)
MARKET, MOST_OF = 30, 0.2
PERCENT = {"cv", "spread", "difference"}


def explain_tender(screens: BidScreens, at: int, lang: Lang) -> str:
    """One tender: its figures, what is not defined and why, its flags."""
    table, figures = screens.table, screens.figures
    label = table.labels[at]
    n = int(table.n_bids[at])
    lines = [message("screens.words.tender", lang, tender=label, count=n)]
    defined = [name for name in SPOKEN if not math.isnan(float(figures[name][at]))]
    lines += [
        f"- {message(f'screens.words.{name}', lang)}: {_figure(name, float(figures[name][at]))}" for name in defined
    ]
    all_equal, losers_equal = equalities(screens)
    for reason, names in why_not(n, bool(all_equal[at]), bool(losers_equal[at])).items():
        shown = ", ".join(message(f"screens.words.{name}", lang) for name in names if name in SPOKEN)
        lines.append(message(f"screens.words.{reason}", lang, figures=shown))
    mine = screens.flags_of(label)
    lines += [f"! {flag.say(lang)}" for flag in mine]
    lines.append(message("screens.words.people" if mine else "screens.words.no_flag", lang))
    return "\n".join(lines)


def explain_all(screens: BidScreens, lang: Lang) -> str:
    """All tenders: how many flags of each screen, in how many tenders, and how p-values were adjusted."""
    counts: dict[str, int] = {}
    for flag in screens.flags:
        counts[flag.code] = counts.get(flag.code, 0) + 1
    n = len(screens.table.tenders)
    flagged = len({flag.lot for flag in screens.flags if flag.lot})
    facts = {"tenders": n, "bids": len(screens.table), "flagged": flagged, "own": len(set(screens.table.tenders))}
    lines = [message("screens.words.all_lots" if any(screens.table.lots) else "screens.words.all", lang, **facts)]
    for code, count in sorted(counts.items()):
        lines.append(f"- {message(code + '.title', lang)}: {count}")
    lines += remarks(screens, lang)
    settings = screens.settings
    lines.append(message("screens.words.adjusted", lang, q=settings.q, method=settings.adjustment.upper()))
    lines += [finding.line(lang) for finding in screens.warnings]
    lines.append(message("screens.words.people" if screens.flags else "screens.words.no_flag", lang))
    return "\n".join(lines)


def remarks(screens: BidScreens, lang: Lang) -> list[str]:
    """What must stand beside the flags: lines that do not fit the market, and ties that are no flags."""
    n, lines = len(screens.table.tenders), list[str]()
    flagged: dict[str, set[str]] = {}
    for flag in screens.flags:
        if flag.lot:
            flagged.setdefault(flag.code, set()).add(flag.lot)
    for code, tenders in sorted(flagged.items()):
        if n >= MARKET and len(tenders) > MOST_OF * n:
            facts = {"screen": message(code + ".title", lang), "share": f"{100 * len(tenders) / n:.0f}"}
            lines.append(message("screens.words.too_many", lang, **facts))
    if screens.explained_ties:
        facts = {"count": str(screens.explained_ties), "share": f"{100 * screens.settings.tie_chance:g}"}
        lines.append(message("screens.words.explained_ties", lang, **facts))
    return lines


def _figure(name: str, value: float) -> str:
    return f"{100 * value:.2f} %" if name in PERCENT else f"{value:.4g}"
