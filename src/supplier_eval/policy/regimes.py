"""The regimes: published rules of public and private buyers, as data with their legality checks (§1.1).

A profile is a policy file with one more table, ``[profile]``: title, scope, sources, dates of validity,
whether it was read at the source or recalled, and the checks that a policy under this regime must pass.
"""

from __future__ import annotations

import functools
import tomllib
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any, Literal, Self

from supplier_eval.errors import UnknownName
from supplier_eval.policy.criteria import Declared, Exact, Words

PROFILE_KEY = "profile"


class Check(Declared):
    """One rule of a regime that a policy must not break.

    Parameters
    ----------
    kind : str
        Which test, see ``policy/legality.py``.
    article : str
        Where the rule stands.
    value, upper : Decimal or None
        The figure, and the upper end of a range.
    options : tuple of str
        The names that are allowed (or refused).
    severity : {"error", "warning"}
        A warning is for what the source advises, or for what binds some buyers only.
    recalled : bool
        This rule alone was recalled, or read second-hand, where the regime was read at the source.
    """

    id: str
    kind: str
    article: str
    words: Words
    value: Exact | None = None
    upper: Exact | None = None
    options: tuple[str, ...] = ()
    severity: Literal["error", "warning"] = "error"
    recalled: bool = False


class Regime(Declared):
    """Where a profile comes from, whom it binds, how far it was verified.

    Parameters
    ----------
    challenge : Words
        How a bidder who lost may challenge the result: to whom, within what time; empty where it is not on record.
    """

    title: Words
    scope: Words
    sources: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    verified: Literal["at_source", "recalled"]
    verified_on: date | None = None
    note: Words = Words()
    challenge: Words = Words()
    checks: tuple[Check, ...] = ()

    @property
    def reading(self) -> Literal["at_source", "in_part", "recalled"]:
        """How far it was read at the source: wholly, but for some checks, or not at all."""
        second_hand = any(check.recalled for check in self.checks)
        return "in_part" if self.verified == "at_source" and second_hand else self.verified

    @classmethod
    def named(cls, name: str) -> Self:
        """The regime of a profile."""
        if name not in profile_names():
            raise UnknownName("regime", name, profile_names())
        return cls.model_validate(profile_data(name)[PROFILE_KEY])


def articles_of(regime: str) -> dict[str, str]:
    """Kind of test → article of the regime that asks for it; nothing where there is no such regime."""
    if regime not in profile_names():
        return {}
    return {check.kind: check.article for check in reversed(Regime.named(regime).checks)}


@functools.cache
def profile_names() -> tuple[str, ...]:
    """Names of all profiles, the company's default first."""
    folder = resources.files("supplier_eval.policy") / "profiles"
    names = sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))
    return tuple(sorted(names, key=lambda name: name != "service-outsourcing"))


@functools.cache
def profile_data(name: str) -> dict[str, Any]:
    """The raw TOML of a profile."""
    file = resources.files("supplier_eval.policy") / "profiles" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
