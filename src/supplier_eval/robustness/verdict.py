"""A one-page verdict in words: is the winner firm, sensitive to something named, or fragile, and by which rule.

The rules stand in `RULES`, worst first; ``docs/robustness-verdict.md`` gives their reasons. Each reads plain figures,
so that the verdict can be checked by hand and does not depend on how they were computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, message
from supplier_eval.rank.asked import asked_kind
from supplier_eval.robustness.verdict_figures import VerdictFigures
from supplier_eval.robustness.verdict_rules import LEVELS, RULES, Fired, Level, Thresholds
from supplier_eval.score.sheet import Standing
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Verdict(Shown):
    """How firmly the winner stands, with the rules that led to it.

    Parameters
    ----------
    figures : VerdictFigures
        What was judged.
    thresholds : Thresholds
        The lines that were drawn.
    fired : tuple of Fired
        Every rule that applies, worst first.
    policy_fingerprint : str
        Fingerprint of the policy; empty where there is none.
    """

    figures: VerdictFigures
    thresholds: Thresholds
    fired: tuple[Fired, ...]
    policy_fingerprint: str = ""

    @property
    def standing(self) -> Standing:
        """Always ``"exploratory"``: the verdict describes the result, it does not change it."""
        return "exploratory"

    @property
    def level(self) -> Level:
        """``firm``, ``sensitive`` or ``fragile``: the worst level of the rules that apply."""
        return self.fired[0].level if self.fired else "firm"

    @property
    def rule(self) -> str:
        """Code of the rule that led to the level; ``verdict.none_fired`` where no rule applies."""
        return self.fired[0].code if self.fired else "verdict.none_fired"

    @cached_property
    def sensitive_to(self) -> tuple[str, ...]:
        """What the rules that apply name: criteria, evaluators, bids; each once, in the order of the rules."""
        return tuple(dict.fromkeys(name for fired in self.fired for name in fired.names))

    @property
    def not_examined(self) -> tuple[str, ...]:
        """Questions that nobody asked, as keys such as ``intervals``, ``evaluators`` or ``reversal``."""
        return self.figures.not_examined

    def to_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """One row a rule, worst first, whether it applies or not.

        Columns ``rule level asks applies figure threshold words``. `applies` is boolean, ``<NA>`` where the question
        was not examined; `figure` and `threshold` are in the unit that the rule names (points of 100, or a share),
        ``<NA>`` where the rule counts names or nothing was examined.
        """
        import pandas as pd

        rows = []
        applied = {fired.code: fired for fired in self.fired}
        for rule in RULES:
            asked = rule.asks not in self.not_examined
            fired = applied.get(rule.code)
            figure, threshold = rule.reads(self.figures), rule.line(self.figures, self.thresholds)
            words = fired.say(lang) if fired is not None else ""
            applies = fired is not None if asked or fired is not None else None
            rows.append((rule.code, rule.level, rule.asks, applies, figure, threshold, words))
        columns = ["rule", "level", "asks", "applies", "figure", "threshold", "words"]
        kinds = {"applies": "boolean", "figure": "Float64", "threshold": "Float64"}
        return pd.DataFrame(rows, columns=columns).astype(kinds)

    def explain(self, lang: Lang = "en") -> str:
        """Give the verdict on one page: level, what led to it, other rules that apply, caveats, what was not asked."""
        drawn = self.thresholds
        named = {
            "room": f"{drawn.room:g}",
            "change": f"{drawn.smallest_change:g}",
            "share": f"{100 * drawn.firm_share:g}",
        }
        lines = [message(f"verdict.level.{self.level}", lang, winner=self.figures.winner, **named)]
        if not self.fired:
            lines.append(message("verdict.none_fired", lang))
        for level in LEVELS:
            lines += [f"  {fired.say(lang)}" for fired in self.fired if fired.level == level]
        lines += [issue.say(lang) for issue in self.figures.open_issues]
        if self.not_examined:
            asked = ("、" if lang == "zh" else ", ").join(
                message(f"verdict.question.{name}", lang) for name in self.not_examined
            )
            lines.append(message("verdict.not_examined", lang, questions=asked))
        lines.append(message("verdict.exploratory", lang))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"Verdict({self.figures.winner!r}: {self.level}, by {self.rule}; {len(self.fired)} rules apply)"


def verdict(figures: VerdictFigures, thresholds: Thresholds | None = None, policy_fingerprint: str = "") -> Verdict:
    """Say in words how firmly the winner stands.

    Parameters
    ----------
    figures : VerdictFigures
        What the robustness questions found; None in a field says that the question was not asked.
    thresholds : Thresholds, optional
        Other lines than the default ones.
    policy_fingerprint : str
        Fingerprint of the policy that the figures belong to.

    Returns
    -------
    Verdict
        ``firm`` only where the questions about weights were asked and no rule applies.

    Raises
    ------
    InvalidInput
        If `figures` or `thresholds` is something else.
    """
    asked_kind(figures, VerdictFigures, "figures")
    lines = asked_kind(thresholds, Thresholds, "thresholds") if thresholds is not None else Thresholds()
    found = [fired for rule in RULES if (fired := rule.judge(figures, lines)) is not None]
    return Verdict(figures, lines, tuple(found), policy_fingerprint)
