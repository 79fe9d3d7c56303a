"""A walk through a JSON document in which anything may be of the wrong kind: what does not fit is a finding."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from supplier_eval.intake.cell_values import Figure
from supplier_eval.intake.gathered import Gathered

LONGEST_FIGURE = 60
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Node:
    """One object of the document, with the path that leads to it.

    Parameters
    ----------
    value : mapping
        The object; empty where there is none.
    found : Gathered
        Takes the findings.
    path : str
        Names of the keys from the top, joined by dots, as in the documentation of the format.
    row : int
        Place in the outermost list that was entered, counted from 1; 0 outside of lists.
    """

    value: Mapping[str, Any]
    found: Gathered
    path: str = ""
    row: int = 0

    def below(self, key: str) -> str:
        """The path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def note(self, code: str, key: str = "", value: object = "", **facts: object) -> None:
        """Note a finding about a key of this object."""
        self.found.add(code, self.below(key) if key else self.path, self.row, shown(value), **facts)

    def quiet(self, key: str) -> Mapping[str, Any]:
        """The object under a key without a word where it is none."""
        inner = self.value.get(key)
        return inner if isinstance(inner, dict) else NOTHING

    def object(self, key: str) -> Node:
        """The object under a key; an empty one where there is none."""
        inner = self.value.get(key)
        if inner is not None and not isinstance(inner, dict):
            self.note("ocds.not_an_object", key, inner)
        return Node(self.quiet(key), self.found, self.below(key), self.row)

    def entries(self, key: str) -> list[Any]:
        """Everything in the list under a key; nothing where there is none."""
        inner = self.value.get(key)
        if inner is not None and not isinstance(inner, list):
            self.note("ocds.not_a_list", key, inner)
        return inner if isinstance(inner, list) else []

    def objects(self, key: str) -> list[Node]:
        """The objects in the list under a key; what is no object is noted and left out."""
        nodes = []
        for place, entry in enumerate(self.entries(key), start=1):
            node = Node(entry if isinstance(entry, dict) else NOTHING, self.found, self.below(key), self.row or place)
            if isinstance(entry, dict):
                nodes.append(node)
            else:
                node.note("ocds.not_an_object", value=entry)
        return nodes

    def text(self, key: str) -> str:
        """The text under a key; empty where there is none."""
        inner = self.value.get(key)
        if inner is not None and not isinstance(inner, str):
            self.note("ocds.not_a_text", key, inner)
        return inner.strip() if isinstance(inner, str) else ""

    def identifier(self, key: str) -> str:
        """The id under a key: a text, or a whole number as text; empty where there is none."""
        inner = self.value.get(key)
        if inner is not None and not is_identifier(inner):
            self.note("ocds.not_an_id", key, inner)
        return str(inner).strip() if is_identifier(inner) else ""


def is_identifier(value: object) -> bool:
    """Whether the format takes this for an id: a text or a whole number."""
    return isinstance(value, str | int) and not isinstance(value, bool)


def cell(value: object) -> str:
    """A value as a cell of a table; what is no value stands there as JSON, so that no reader takes it for one.

    Parameters
    ----------
    value : object
        What the document holds: text, number, true, false, null, or something larger.

    Returns
    -------
    str
        Numbers as `Figure` (the file itself says that they are numbers), true and false as yes and no,
        nothing for null.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, int | Decimal):
        return figure(value)
    return shown(value)


def figure(value: int | Decimal) -> Figure:
    """A number in plain digits, without zeros at its end; a huge one keeps its exponent, and is refused later."""
    exact = Decimal(value)
    if abs(exact.adjusted()) > LONGEST_FIGURE or len(exact.as_tuple().digits) > LONGEST_FIGURE:
        return Figure(exact)
    plain = f"{exact:f}"
    return Figure(plain.rstrip("0").rstrip(".") if "." in plain else plain)


def shown(value: object) -> str:
    """A value as JSON writes it, without the quotes of a text."""
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
