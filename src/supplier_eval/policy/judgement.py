"""Questions for judgements of weights, asked about the ranges of the scales and not about bare names.

"Is quality more important than price?" has no answer: it depends on how much quality and how much money. Each question
names both criteria with what they improve from (floor) and to (target), in their units.

Source: von Winterfeldt & Edwards 1986; Fischer 1995, OBHDP 62:252-266 (range sensitivity of weights); Keeney 2002,
Operations Research 50(6):935-945 (the most common mistake: weights without ranges).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

from supplier_eval.messages import Lang, known_language, message
from supplier_eval.policy.asked_weighting import asked_by_name, asked_entries, asked_key, refuse
from supplier_eval.policy.document import Policy
from supplier_eval.policy.hierarchy import tree_of
from supplier_eval.policy.scale_range import range_words
from supplier_eval.policy.tree import CriteriaTree
from supplier_eval.policy.weighting import weighting
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

Ranges: TypeAlias = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, eq=False)
class Questions(Shown):
    """Questions to put to people before they give weights, in the order in which they are put.

    Parameters
    ----------
    rows : tuple of tuple
        Criterion asked about first, criterion it is compared with (empty where none), and the sentence.
    method : str
        Key in ``WEIGHTINGS``.
    lang : {"en", "zh"}
        Language of the sentences.
    policy_fingerprint : str
        Of the policy whose scales are quoted; empty for a bare tree.
    """

    rows: tuple[tuple[str, str, str], ...]
    method: str
    lang: Lang
    policy_fingerprint: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The questions alone."""
        return tuple(text for _, _, text in self.rows)

    def to_frame(self) -> pd.DataFrame:
        """A sheet to fill in: ``first``, ``second``, ``question`` (text) and ``answer`` (number, empty).

        The answer to a pair says how many times `first` is worth `second`; below 1 where `second` is worth more.
        """
        import pandas as pd

        frame = pd.DataFrame(list(self.rows), columns=["first", "second", "question"])
        return frame.assign(answer=float("nan"))

    def explain(self, lang: Lang = "en") -> str:
        """How to answer, and the questions as they were worded."""
        return "\n".join([message("weighting.ask.how", lang), *self.sentences])

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"Questions({self.method}: {len(self)} questions, {self.lang})"


@dataclass(frozen=True)
class _Asked:
    """How each swing from floor to target is worded, by criterion: with the rubric's words, and without."""

    swings: Mapping[str, str]
    briefly: Mapping[str, str]
    lang: Lang

    def ask(self, code: str, first: str, second: str = "") -> tuple[str, str, str]:
        facts = {"first": self.swings[first], "second": self.swings.get(second, "")}
        return first, second, message(code, self.lang, **facts)

    def ask_all(self, code: str) -> tuple[str, str, str]:
        listed = ("；" if self.lang == "zh" else "; ").join(self.briefly.values())
        return "", "", message(code, self.lang, swings=listed)


def questions(
    policy: Policy | CriteriaTree,
    method: str = "ahp",
    node: str = "",
    lang: Lang = "en",
    *,
    category: str = "",
    ends: tuple[str, str] | None = None,
    ranges: Ranges | None = None,
) -> Questions:
    """Questions that people answer before a method turns the answers into weights.

    Parameters
    ----------
    policy : Policy or CriteriaTree
        Where criteria, scales and units stand.
    method : str
        Key in ``WEIGHTINGS``: pairs are asked for AHP, points for swing and SMART, an order for the rank methods,
        best and worst for best-worst.
    node : str
        Whose children are compared; ``""`` for the top criteria. A child that is a node itself is asked about with
        the ranges of all its leaves.
    lang : {"en", "zh"}
        Language.
    category : str
        Service category of a policy whose criteria differ by category.
    ends : tuple of str, optional
        Best and worst criterion, once people have named them (best-worst only); without them, the two questions that
        find them.
    ranges : mapping of str to tuple, optional
        Criterion → (from, to) in words or figures, where the scale alone says too little: the span of prices that is
        expected, for one.

    Returns
    -------
    Questions
        Empty for a node with one child, which has nothing to compare.

    Raises
    ------
    UnknownName
        If there is no such method, node with children, service category or criterion.
    """
    tree = policy if isinstance(policy, CriteriaTree) else tree_of(policy, category)
    asks = weighting(method).asks
    known_language(lang)
    asked_key("node with criteria below it", node, ["", *(c.id for c in tree.criteria if tree.children(c.id))])
    children = [c.id for c in tree.children(node)]
    _check_ranges(tree, ranges)
    _check_ends(children, ends)
    full, brief = ({n: range_words(tree, n, lang, ranges or {}, short) for n in children} for short in (False, True))
    asked = _Asked(full, brief, lang)
    rows = _rows(asked, children, asks, ends) if len(children) > 1 else []
    return Questions(tuple(rows), method, lang, policy.fingerprint if isinstance(policy, Policy) else "")


def _check_ranges(tree: CriteriaTree, ranges: Ranges | None) -> None:
    """Refuse ranges of unknown criteria, and ranges without two ends."""
    for name, ends in {} if ranges is None else asked_by_name(ranges, "ranges").items():
        tree[name]  # raises UnknownName
        if isinstance(ends, str) or len(asked_entries(ends, f"ranges.{name}")) != 2:
            refuse("weighting.asked.range", f"ranges.{name}", ends)


def _check_ends(children: list[str], ends: tuple[str, str] | None) -> None:
    """Refuse ends that are not two of the criteria."""
    if ends is None:
        return
    named = asked_entries(ends, "ends")
    if len(named) != 2:
        refuse("weighting.asked.ends", "ends", ends)
    for name in named:
        asked_key("criterion", name, children)


def _rows(asked: _Asked, names: list[str], asks: str, ends: tuple[str, str] | None) -> list[tuple[str, str, str]]:
    if asks == "pairs":
        return [asked.ask("weighting.ask.pair", first, second) for first, second in combinations(names, 2)]
    if asks == "points":
        return [asked.ask_all("weighting.ask.first_swing"), *(asked.ask("weighting.ask.points", n) for n in names)]
    if asks == "order":
        return [asked.ask_all("weighting.ask.order")]
    if ends is None:
        return [asked.ask_all("weighting.ask.best"), asked.ask_all("weighting.ask.worst")]
    best, worst = ends
    rows = [asked.ask("weighting.ask.times", best, name) for name in names if name != best]
    return rows + [asked.ask("weighting.ask.times", name, worst) for name in names if name not in {best, worst}]
