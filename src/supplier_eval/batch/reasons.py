"""Why bids are out, as one bit a reason and row; told as categories, since thousands of rows share few reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from supplier_eval.messages import Lang, message, sentences

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.policy.rules import Floor, Gate
    from supplier_eval.policy.tree import CriteriaTree

BoolArray = npt.NDArray[np.bool_]
WORD = 62
Say = Callable[[Lang], str]


@dataclass
class Reasons:
    """Reasons of `n` rows, in the order in which a bid meets them."""

    n: int
    codes: list[str] = field(default_factory=list)
    says: list[Say] = field(default_factory=list)
    words: list[npt.NDArray[np.int64]] = field(default_factory=list)

    def add(self, code: str, say: Say, where: BoolArray) -> None:
        """Note a reason in some rows; one that no row has is not kept."""
        if not where.any():
            return
        word, bit = divmod(len(self.codes), WORD)
        if bit == 0:
            self.words.append(np.zeros(self.n, np.int64))
        self.words[word] |= where.astype(np.int64) << bit
        self.codes.append(code)
        self.says.append(say)

    @property
    def out(self) -> BoolArray:
        """Which rows have some reason."""
        out = np.zeros(self.n, bool)
        for word in self.words:
            out |= word != 0
        return out

    def categories(self, lang: Lang) -> tuple[pd.Categorical, pd.Categorical]:
        """Codes and sentences of every row, joined; missing where a row has no reason."""
        if not self.codes:
            nobody = np.full(self.n, -1, np.int8)
            return _categorical(nobody, []), _categorical(nobody, [])
        number = np.full(self.n, -1, np.int64)
        named: list[str] = []
        said: list[str] = []
        at = np.flatnonzero(self.out)
        if at.size:
            sets, which = np.unique(np.stack([word[at] for word in self.words]), axis=1, return_inverse=True)
            for column in sets.T.tolist():
                mine = [i for i in range(len(self.codes)) if column[i // WORD] >> (i % WORD) & 1]
                named.append("; ".join(self.codes[i] for i in mine))
                said.append(sentences((self.says[i](lang) for i in mine), lang))
            number[at] = np.asarray(which).reshape(-1)
        return _categorical(number, named), _categorical(number, said)


def _categorical(number: npt.NDArray[np.signedinteger[Any]], names: list[str]) -> pd.Categorical:
    """Categories in sorted order, each once: neither chunks nor the order of rows change it."""
    import pandas as pd

    sorted_names = sorted(set(names))
    categories = pd.Index(sorted_names, dtype="str")
    if names == sorted_names:
        return pd.Categorical.from_codes(number, categories)
    place = {name: i for i, name in enumerate(sorted_names)}
    to = np.array([*(place[name] for name in names), -1], dtype=np.int64)
    return pd.Categorical.from_codes(to[number], categories)


def gate_words(gate: Gate, incomplete: bool) -> Say:
    """How a failed gate is told."""
    code = "batch.reason.incomplete" if incomplete else "batch.reason.gate"
    return lambda lang: message(code, lang, gate=gate.name.say(lang), needed=_needed(gate, lang))


def floor_words(floor: Floor, tree: CriteriaTree) -> Say:
    """How a missed quality floor is told."""
    unit = f"batch.unit.{floor.unit}"
    return lambda lang: message(
        "batch.reason.floor",
        lang,
        criterion=tree[floor.criterion].name.say(lang),
        minimum=f"{floor.minimum:f}",
        unit=message(unit, lang),
    )


def plain_words(code: str, **facts: object) -> Say:
    """How a reason without a part of the policy is told."""
    return lambda lang: message(code, lang, **facts)


def _needed(gate: Gate, lang: Lang) -> str:
    figure = f"{gate.limit:f} {gate.unit}".strip() if gate.limit is not None else ""
    facts = {"limit": figure, "days": gate.margin_days, "years": gate.look_back_years or 0}
    return message(f"batch.needed.{gate.kind}", lang, **facts)
