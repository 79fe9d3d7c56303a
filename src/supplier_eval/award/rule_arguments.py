"""Checks of what the questions about rules are asked with: everything that is wrong, at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from fractions import Fraction
from math import inf
from types import MappingProxyType

from supplier_eval.award.analysis_arguments import argument_findings, figure
from supplier_eval.award.parts import ONE
from supplier_eval.award.problem import AwardProblem
from supplier_eval.errors import Finding, InvalidInput


def question_findings(where: str, problem: object, *, gap: object = 0, time_limit: object = 60) -> list[Finding]:
    """Findings about what every question about rules is asked with.

    Parameters
    ----------
    where : str
        Name of the function that was called.
    problem : object
        Has to be an `AwardProblem`.
    gap, time_limit : object
        As `argument_findings`.
    """
    findings = argument_findings(where, gap=gap, time_limit=time_limit)
    if not isinstance(problem, AwardProblem):
        findings.insert(0, Finding("rule_questions.problem", where, "problem", value=type(problem).__name__))
    return findings


def flag_findings(where: str, flags: Mapping[str, object], may_be_none: Iterable[str] = ()) -> list[Finding]:
    """Findings about arguments (name → value) that have to be True or False; some may be None."""
    free = set(may_be_none)
    return [
        Finding("rule_questions.flag", where, name, value=repr(value))
        for name, value in flags.items()
        if not isinstance(value, bool) and not (value is None and name in free)
    ]


def count_findings(where: str, name: str, value: object) -> list[Finding]:
    """A finding where a count is not a whole number of 1 or more."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return []
    return [Finding("rule_questions.count", where, name, value=repr(value))]


def weights_of(where: str, limits: Iterable[str], given: object) -> tuple[Mapping[str, Fraction], list[Finding]]:
    """A weight for every rule with a limit, 1 where none is given; and findings about those that are given.

    Parameters
    ----------
    where : str
        Name of the function that was called.
    limits : iterable of str
        Ids of the rules that may have a weight.
    given : mapping or None
        Rule id → number above 0, finite.
    """
    found = dict.fromkeys(limits, ONE)
    if given is None:
        return MappingProxyType(found), []
    if not isinstance(given, Mapping):
        return MappingProxyType(found), [Finding("rule_questions.weights", where, "weights", value=repr(given))]
    findings = []
    for key, weight in given.items():
        if key not in found:
            known = ", ".join(found) or "-"
            near = next(iter(get_close_matches(str(key), list(found), n=1, cutoff=0.0)), "-")
            facts = {"near": near, "known": known}
            findings.append(Finding("rule_questions.weight_rule", where, "weights", value=str(key), facts=facts))
        elif not 0 < figure(weight) < inf:
            findings.append(
                Finding("rule_questions.weight", where, "weights", value=str(weight), facts={"rule": str(key)})
            )
        else:
            found[key] = weight if isinstance(weight, Fraction) else Fraction(str(weight))
    return MappingProxyType(found), findings


def refuse(findings: list[Finding]) -> None:
    """Raise all findings at once, if there are any.

    Raises
    ------
    InvalidInput
        With all of them.
    """
    if findings:
        raise InvalidInput(findings)
