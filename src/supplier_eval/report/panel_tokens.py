"""Marks in place of bidders and evaluators inside a sentence, so that a page may fill in a name or hide it."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from supplier_eval.flags import Reason
from supplier_eval.messages import LANGS

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.robustness.verdict import Verdict

# Facts that people wrote freely, that say who they are, or that the public record of the opening lists by bidder.
TELLING = {"by", "reason", "received", "minutes"}
WHO = {"winner", "challenger"}  # facts of a verdict that name a bid
CASES = "cases"  # fact that names cases with their bids
EDGE = "[A-Za-z0-9]"  # an id is no part of a longer word of these


@dataclass(frozen=True, eq=False)
class Tokens:
    """The marks of one tender: ``⟦b3⟧`` for the fourth bid, ``⟦m0⟧`` for the first member.

    Parameters
    ----------
    bids, members : tuple of str
        Ids in canonical order; the number of a mark is the place here.
    names : mapping
        Name → id, for names that stand in a sentence.
    seed : str
        Known only to those who hold the tables (marks among them): the numbers of a blind review follow from it. The
        printed fingerprint would not do: whoever reads it and knows the ids could work the numbers out again.
    """

    bids: tuple[str, ...]
    members: tuple[str, ...]
    names: Mapping[str, str]
    seed: str

    def bid(self, bid: str) -> int:
        """Place of a bid."""
        return self.bids.index(bid)

    def several(self, bids: Iterable[str]) -> list[int]:
        """Places of bids."""
        return [self.bids.index(bid) for bid in bids]

    def numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """Id → number from 1 for a blind review, in an order that says nothing about id, rank or time."""
        key = self.seed.encode()
        mixed = sorted(ids, key=lambda one: hmac.digest(key, one.encode("utf-8", "surrogatepass"), "sha256"))
        return {one: i for i, one in enumerate(mixed, 1)}

    @cached_property
    def _marks(self) -> dict[str, str]:
        marks = {member: f"⟦m{i}⟧" for i, member in enumerate(self.members)}
        marks |= {bid: f"⟦b{i}⟧" for i, bid in enumerate(self.bids)}
        return {name: marks[one] for name, one in self.names.items() if one in marks and name} | marks

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Names, and ids that cannot be a figure or a letter of a grade."""
        telling = (name for name in self._marks if name in self.names or (len(name) > 1 and not _figure(name)))
        longest = sorted(telling, key=len, reverse=True)
        return re.compile("|".join(f"(?<!{EDGE}){re.escape(name)}(?!{EDGE})" for name in longest) or r"(?!)")

    def one(self, who: str) -> str:
        """The mark of a bid or member; anything else as it is."""
        return self._marks.get(who, who)

    def fact(self, value: object, key: str = "") -> object:
        """A fact that a sentence quotes, ids and names in it replaced; figures as they are."""
        if not isinstance(value, str):
            return value
        if key == CASES:  # "code (bid), code (bid)"
            for name in sorted(self._marks, key=len, reverse=True):
                value = value.replace(f"({name})", f"({self._marks[name]})")
            return value
        return self._pattern.sub(lambda found: self._marks[found.group()], value)

    def reason(self, reason: Reason, *, blind: bool = False) -> dict[str, Any]:
        """A reason in every language, with marks; ``hidden`` is what a blind review reads, without `TELLING` facts.

        With `blind` the hidden sentences are all there is.
        """
        facts = {key: self.fact(value, key) for key, value in reason.facts.items()}
        said = _said(replace(reason, facts=facts | dict.fromkeys(TELLING & set(facts), "…")))
        return said if blind else {**_said(replace(reason, facts=facts)), "hidden": said}

    def verdict(self, verdict: Verdict) -> dict[str, list[str]]:
        """The sentences of a verdict in every language, with marks."""
        figures = verdict.figures
        marked = replace(
            verdict,
            figures=replace(figures, winner=self.one(figures.winner), open_issues=()),
            fired=tuple(
                replace(
                    fired,
                    names=tuple(self.one(name) for name in fired.names),
                    facts={key: self.one(str(fact)) if key in WHO else fact for key, fact in fired.facts.items()},
                )
                for fired in verdict.fired
            ),
        )
        issues = [self.reason(issue, blind=True) for issue in figures.open_issues]
        return {
            lang: [line.strip() for line in marked.explain(lang).split("\n") if line.strip()]
            + [issue[lang] for issue in issues]
            for lang in LANGS
        }


def _figure(name: str) -> bool:
    return not any(letter.isalpha() for letter in name)


def _said(reason: Reason) -> dict[str, Any]:
    return {lang: reason.say(lang) for lang in LANGS}


def tokens_of(evaluation: Evaluation, *, blind: bool = False) -> Tokens:
    """Take bids, members and their names out of an evaluation.

    For a page without names they stand in the order of their numbers: the order of ids would tell which is which.
    """
    tender = evaluation.tender
    bids = tuple(bid for result in evaluation.lots.values() for bid in result.qualification.bids)
    names = {name: bid for result in evaluation.lots.values() for bid, name in result.qualification.names.items()}
    names |= {member.name: member.id for member in tender.evaluators.values()}
    members = set(tender.evaluators)
    for result in evaluation.lots.values():
        panel = result.sheet.technical.panel if result.sheet.technical is not None else None
        members |= set(panel.members) if panel is not None else set()
    seed = "\n".join(f"{table} {digest}" for table, digest in sorted(tender.digests.items()))
    tokens = Tokens(bids, tuple(sorted(members)), names, seed)
    if not blind:
        return tokens
    mixed = [tuple(tokens.numbers(result.qualification.bids)) for result in evaluation.lots.values()]
    return replace(tokens, bids=sum(mixed, ()), members=tuple(tokens.numbers(members)))
