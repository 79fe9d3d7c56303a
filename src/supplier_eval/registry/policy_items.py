"""The items of the company's policy, by the ids that code, tests and reports cite."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType

from supplier_eval.policy.criteria import Words

ITEM = r"\d+(?:\.\d+)+"
CITED = re.compile(rf"§({ITEM})(?:\s*[-–]\s*§?({ITEM}))?")


@functools.cache
def known_items() -> Mapping[str, Words]:
    """Id (``§3.1.4``) → a short title in both languages, in the order of the policy."""
    text = resources.files(__package__ or "").joinpath("policy_items.toml").read_text(encoding="utf-8")
    return MappingProxyType({key: Words.model_validate(words) for key, words in tomllib.loads(text).items()})


def items_in(text: str) -> tuple[str, ...]:
    """Items of the policy that a text cites, in the order of the policy; ``§3.1.1-§3.1.5`` cites all five."""
    known = list(known_items())
    cited: set[str] = set()
    for first, last in CITED.findall(text):
        ends = [f"§{first}", f"§{last or first}"]
        if all(end in known for end in ends):
            cited.update(known[known.index(ends[0]) : known.index(ends[1]) + 1])
    return tuple(item for item in known if item in cited)


def cited_by(docstring: str) -> tuple[str, ...]:
    """Items that a docstring cites as the policy's: in brackets that begin with them, ``(§3.1.4, convention §7)``."""
    return items_in(" ".join(re.findall(r"\((§[^()]*)\)", docstring)))


__all__ = ["cited_by", "items_in", "known_items"]
