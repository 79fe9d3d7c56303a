"""The rules of the robustness verdict: level, question, line, and when each applies; worst first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Literal, TypeAlias, get_args

from supplier_eval.flags import Reason
from supplier_eval.messages import LANGS, LONGEST_QUOTE, Lang, message
from supplier_eval.robustness.verdict_figures import Share, VerdictFigures

Level: TypeAlias = Literal["fragile", "sensitive", "firm"]
LEVELS: tuple[Level, ...] = get_args(Level)
MOST_NAMED = 4
ABOUT_WEIGHTS = ("intervals", "smallest_change", "acceptability", "acceptability_with_marks")


@dataclass(frozen=True)
class Thresholds:
    """Where the lines are drawn; ``docs/robustness-verdict.md`` says why there.

    Parameters
    ----------
    fragile_share : float
        First-rank acceptability below which the winner is fragile; 0 to 1.
    firm_share : float
        First-rank acceptability below which the winner is sensitive; 0 to 1.
    room : float
        Points of weight that one criterion must be able to move.
    smallest_change : float
        Points of weight that all weights together must be able to move, in the norm of the figure.
    """

    fragile_share: float = 0.5
    firm_share: float = 0.95
    room: float = 5.0
    smallest_change: float = 5.0

    def __post_init__(self) -> None:
        if not all(isinstance(line, Real) for line in vars(self).values()):
            raise ValueError("the lines are figures")
        if not 0.0 <= self.fragile_share <= self.firm_share <= 1.0:
            raise ValueError("the shares are in order: 0 ≤ fragile_share ≤ firm_share ≤ 1")
        if not (self.room >= 0.0 and self.smallest_change >= 0.0):
            raise ValueError("points are not negative")


@dataclass(frozen=True)
class Fired:
    """A rule that applies.

    Parameters
    ----------
    code : str
        Of the rule; its words stand in ``messages/methods.toml``, unless the facts name others (``words``).
    level : {"fragile", "sensitive", "firm"}
        What the rule makes of the winner.
    figure : float or None
        What was judged; None where the rule counts names.
    names : tuple of str
        Criteria, evaluators or bids that the rule names.
    facts : mapping
        What the words quote.
    """

    code: str
    level: Level
    figure: float | None = None
    names: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: Lang = "en") -> str:
        """Give the sentence."""
        facts = {"names": _listed(self.names, lang), **self.facts}
        return Reason(str(self.facts.get("words", self.code)), facts=facts).say(lang)


def _listed(names: Sequence[str], lang: Lang) -> str:
    """The first names one after the other, as many as a sentence can quote, and how many more there are."""
    said = ""
    for most in range(min(MOST_NAMED, len(names)), 0, -1):
        shown = ("、" if lang == "zh" else ", ").join(names[:most])
        more = len(names) - most
        said = shown if more <= 0 else message("verdict.more", lang, names=shown, more=more)
        if len(said) <= LONGEST_QUOTE:
            break
    return said


Found: TypeAlias = tuple[tuple[str, ...], Mapping[str, object]]


@dataclass(frozen=True)
class Rule:
    """One line of the table of rules.

    Parameters
    ----------
    code : str
        Stable code.
    level : {"fragile", "sensitive", "firm"}
        What it makes of the winner.
    asks : str
        The question that it reads.
    finds : callable
        Figures and thresholds → names and facts for the words; None where it does not apply.
    reads : callable
        Figures → the one that it judges; None where it counts names or the question was not asked.
    line : callable
        Figures and thresholds → where its line is drawn; None where it counts names.
    """

    code: str
    level: Level
    asks: str
    finds: Callable[[VerdictFigures, Thresholds], Found | None]
    reads: Callable[[VerdictFigures], float | None] = lambda figures: None
    line: Callable[[VerdictFigures, Thresholds], float | None] = lambda figures, lines: None

    def judge(self, figures: VerdictFigures, lines: Thresholds) -> Fired | None:
        """Apply the rule; None where it does not apply or its question was not asked."""
        found = self.finds(figures, lines)
        if found is None:
            return None
        names, facts = found
        line = self.line(figures, lines)
        shown = {} if line is None else {"threshold": f"{line:g}"}
        return Fired(self.code, self.level, self.reads(figures), names, {"winner": figures.winner, **shown, **facts})


def _tied(figures: VerdictFigures, _: Thresholds) -> Found | None:
    return (figures.tied_with, {}) if figures.tied_with else None


def _rounding(figures: VerdictFigures, _: Thresholds) -> Found | None:
    """A margin below the rounding step, or none at all where a tie key decided; a tie has a rule of its own."""
    if figures.tied_with or figures.runner_up is None or not figures.margin < max(figures.rounding_step, 1e-9):
        return None
    return (figures.runner_up,), {"margin": f"{figures.margin:z.4f}"}


def _evaluator(figures: VerdictFigures, _: Thresholds) -> Found | None:
    return (figures.decided_by_one_evaluator, {}) if figures.decided_by_one_evaluator else None


def _reversal(figures: VerdictFigures, _: Thresholds) -> Found | None:
    return (figures.reversal, {}) if figures.reversal else None


def _below(name: str, low: str, high: str = "") -> Callable[[VerdictFigures, Thresholds], Found | None]:
    """An acceptability whose cautious end lies below one line, and not below the other, which has a rule of its own."""

    def finds(figures: VerdictFigures, lines: Thresholds) -> Found | None:
        share: Share | None = getattr(figures, name)
        if share is None or share.cautious >= getattr(lines, low) or (high and share.cautious < getattr(lines, high)):
            return None
        code, points = ("verdict.region", 0.0) if figures.ball is None else ("verdict.ball", figures.ball)
        ball = {f"ball_{lang}": message(code, lang, points=f"{points:g}") for lang in LANGS}
        sure = "verdict.exact" if share.error == 0.0 else "verdict.error"
        how = {f"how_{lang}": message(sure, lang, error=f"{100 * share.error:.1f}") for lang in LANGS}
        facts = {"share": f"{100 * share.value:.1f}", **how, **ball}
        return (), facts

    return finds


def _room(figures: VerdictFigures, lines: Thresholds) -> Found | None:
    tight = sorted((r for r in figures.rooms or () if r.points < lines.room), key=lambda r: (r.points, r.criterion))
    if not tight:
        return None
    facts = {"points": f"{tight[0].points:.2f}", "challenger": tight[0].challenger or "-"}
    if figures.margin < 0:
        facts |= {"words": "verdict.room_behind"}
    for lang in LANGS:
        facts |= {f"criterion_{lang}": tight[0].say(lang), f"names_{lang}": _listed([r.say(lang) for r in tight], lang)}
    return tuple(room.criterion for room in tight), facts


def _change(figures: VerdictFigures, lines: Thresholds) -> Found | None:
    change = figures.smallest_change
    if change is None or change.points >= lines.smallest_change:
        return None
    norms = {f"norm_{lang}": message(f"verdict.norm.{change.norm}", lang) for lang in LANGS}
    words = {"words": "verdict.change_leads"} if figures.margin < 0 and change.points == 0 else {}
    facts = {"points": f"{change.points:.2f}", "challenger": change.challenger, **norms, **words}
    return (change.challenger,), facts


def _unasked(figures: VerdictFigures, _: Thresholds) -> Found | None:
    """No question about the weights was asked."""
    return ((), {}) if set(ABOUT_WEIGHTS) <= set(figures.not_examined) else None


def _alone(figures: VerdictFigures, _: Thresholds) -> Found | None:
    return ((), {}) if figures.alone else None


def _share(name: str) -> Callable[[VerdictFigures], float | None]:
    """The share that a rule judges."""

    def reads(figures: VerdictFigures) -> float | None:
        share: Share | None = getattr(figures, name)
        return None if share is None else share.value

    return reads


def _tightest(figures: VerdictFigures) -> float | None:
    """The least room of a criterion."""
    return min((room.points for room in figures.rooms or ()), default=None)


def _margin(figures: VerdictFigures) -> float | None:
    """The lead; nothing where the winner is alone."""
    return None if figures.alone else figures.margin


def _smallest(figures: VerdictFigures) -> float | None:
    """The smallest change of all weights."""
    return None if figures.smallest_change is None else figures.smallest_change.points


def _on_share(code: str, level: Level, name: str, low: str, high: str = "") -> Rule:
    """A rule about an acceptability."""
    return Rule(code, level, name, _below(name, low, high), _share(name), lambda f, t: float(getattr(t, low)))


WEIGHTS_ONLY, WITH_MARKS = "acceptability", "acceptability_with_marks"
RULES: tuple[Rule, ...] = (
    Rule("verdict.tied", "fragile", "margin", _tied),
    Rule("verdict.rounding", "fragile", "margin", _rounding, _margin, lambda f, t: f.rounding_step),
    Rule("verdict.evaluator", "fragile", "evaluators", _evaluator),
    Rule("verdict.reversal", "fragile", "reversal", _reversal),
    _on_share("verdict.share_fragile", "fragile", WEIGHTS_ONLY, "fragile_share"),
    _on_share("verdict.marks_fragile", "fragile", WITH_MARKS, "fragile_share"),
    Rule("verdict.room", "sensitive", "intervals", _room, _tightest, lambda f, t: t.room),
    Rule("verdict.change", "sensitive", "smallest_change", _change, _smallest, lambda f, t: t.smallest_change),
    _on_share("verdict.share_sensitive", "sensitive", WEIGHTS_ONLY, "firm_share", "fragile_share"),
    _on_share("verdict.marks_sensitive", "sensitive", WITH_MARKS, "firm_share", "fragile_share"),
    Rule("verdict.unasked", "sensitive", "margin", _unasked),
    Rule("verdict.alone", "firm", "margin", _alone),
)
