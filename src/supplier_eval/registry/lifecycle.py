"""One table of life cycles: (state, event) → (state, guards).

A move that the table does not hold is refused; one that it holds asks its guards, and every guard that objects
is heard before the move is refused. Guards read, they never write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from supplier_eval.errors import Finding
from supplier_eval.registry.record import Record, Stored
from supplier_eval.registry.rules import HouseRules

ADD = "add"
EDIT = "edit"
NOTHING = ""
"""The state before a record exists."""


class Reader(Protocol):
    """What a guard may ask of the store, inside the transaction of the move."""

    def get(self, kind: str, key: str) -> Stored | None:
        """Give the record with this id; None where there is none."""
        ...

    def where(self, kind: str, /, states: Iterable[str] = (), **equals: object) -> tuple[Stored, ...]:
        """All records of a kind whose fields equal these values (in these states), by id."""
        ...

    def content(self, digest: str) -> bytes | None:
        """Give the content with this digest; None where there is none."""
        ...


@dataclass(frozen=True)
class Situation:
    """A move that is asked for, as its guards see it.

    Parameters
    ----------
    record : Record
        As it would be after the move, with the fields given.
    before : Stored or None
        As it is; None where it is added.
    event : str
        ``add``, ``edit``, or an event of the life cycle.
    actor : str
        Who asks.
    at : datetime
        Now, UTC.
    reader : Reader
        The store, for reading.
    rules : HouseRules
        The company's rules as the store keeps them.
    """

    record: Record
    before: Stored | None
    event: str
    actor: str
    at: datetime
    reader: Reader
    rules: HouseRules


@dataclass(frozen=True)
class Guard:
    """A condition of a move.

    Parameters
    ----------
    code : str
        Stable code of the finding, ``kind.column.problem``; words and remedy stand in ``messages``.
    clause : str
        Clause of the policy that asks for it.
    check : callable
        Situation → findings; none where the move may be made.
    """

    code: str
    clause: str
    check: Callable[[Situation], Iterable[Finding]] = field(compare=False)


@dataclass(frozen=True)
class Move:
    """One allowed move.

    Parameters
    ----------
    event, source, target : str
        What happens, from which state, to which; `source` is "" for ``add``.
    clause : str
        Clause of the policy.
    needs : tuple of str
        Fields that must be filled after the move; those that may be given with the event although the state
        allows no editing.
    may : tuple of str
        Further fields that may be given with the event.
    guards : tuple of Guard
        All are asked.
    """

    event: str
    source: str
    target: str
    clause: str = ""
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()


@dataclass(frozen=True)
class LifeCycle:
    """The moves of one kind.

    Parameters
    ----------
    kind : str
        The kind.
    moves : tuple of Move
        Each (state, event) once.
    editable : mapping
        State → fields that may be edited there; ``("*",)`` for all but the id; a state that is absent allows none.
    closed : tuple of str
        States in which nothing falls due any more.
    edit_guards : tuple of Guard
        Asked at every edit.
    """

    kind: str
    moves: tuple[Move, ...]
    editable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    edit_guards: tuple[Guard, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        """All states, in the order in which the moves name them."""
        return tuple(dict.fromkeys(state for move in self.moves for state in (move.source, move.target) if state))

    def move(self, state: str, event: str) -> Move | None:
        """The move of an event out of a state; None where there is none."""
        return next((move for move in self.moves if (move.source, move.event) == (state, event)), None)

    def events(self, state: str) -> tuple[str, ...]:
        """Events that may happen in a state."""
        return tuple(move.event for move in self.moves if move.source == state)
