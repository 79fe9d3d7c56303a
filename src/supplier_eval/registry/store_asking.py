"""What may be asked of an open store, one view a question; `Registry` adds what changes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.policy.refused_values import why_refused
from supplier_eval.registry.audit import AuditRow
from supplier_eval.registry.record import Person, Stored
from supplier_eval.registry.rules import HouseRules
from supplier_eval.registry.store_engine import Database
from supplier_eval.registry.store_reading import Reading
from supplier_eval.registry.store_rules import Rules

Clock = Callable[[], datetime]
PERSON: TypeAdapter[str] = TypeAdapter(Person)


def machine_time() -> datetime:
    """The machine's time, UTC."""
    return datetime.now(UTC)


def acting(actor: str) -> str:
    """Who acts, as an id is kept: one line, nothing invisible, at most 120 letters (convention §12).

    Raises
    ------
    InvalidInput
        For what names nobody, or could be read as another line of the audit.
    """
    try:
        return PERSON.validate_python(actor)
    except ValidationError as wrong:
        said = str(actor).encode("utf-8", "replace").decode()
        facts = why_refused(wrong.errors()[0])
        raise InvalidInput(
            [Finding("registry.actor.not_an_id", "registry", "actor", value=said, facts=facts)]
        ) from None


class Asking:
    """An open store, for reading.

    Parameters
    ----------
    database : Database
        Open.
    actor : str
        Who works with it, as ids are kept.
    clock : callable or None
        Gives the aware moment now; the machine's time without.
    """

    def __init__(self, database: Database, actor: str, clock: Clock | None) -> None:
        self.actor = acting(actor)
        self._database = database
        self._clock = clock or machine_time
        self._rules = Rules()

    @property
    def source(self) -> str:
        """Where the store is; without the password."""
        return self._database.source

    @property
    def rules(self) -> HouseRules:
        """The company's rules, as the store keeps them."""
        with self.reading() as reading:
            return self._rules.of(reading)

    def rules_within(self, reading: Reading) -> HouseRules:
        """The same as a view of the store has them."""
        return self._rules.of(reading)

    @property
    def rules_toml(self) -> str:
        """The same as TOML."""
        with self.reading() as reading:
            return reading.meta("rules")

    @property
    def now(self) -> datetime:
        """The moment that the store's clock gives, UTC."""
        return self._now()

    @property
    def today(self) -> date:
        """The day it is in the house's time zone."""
        return self._now().astimezone(ZoneInfo(self.rules.timezone)).date()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Several questions to one view of the store, whatever is written meanwhile."""
        with self._database.asking() as driver:
            yield Reading(driver)

    def get(self, kind: str, key: str) -> Stored:
        """The record with this id, however spelled.

        Raises
        ------
        UnknownName
            Where there is none.
        """
        with self.reading() as reading:
            return _found(reading, kind, key)

    def where(self, kind: str, /, states: Iterable[str] = (), **equals: object) -> tuple[Stored, ...]:
        """All records of a kind whose fields equal these values (in these states), by id."""
        with self.reading() as reading:
            return reading.where(kind, states, **equals)

    def count(self, kind: str, /, states: Iterable[str] = (), **equals: object) -> int:
        """How many `where` would give."""
        with self.reading() as reading:
            return reading.count(kind, states, **equals)

    def between(
        self, kind: str, field: str, first: date | None, last: date | None, but: Collection[str] = ()
    ) -> tuple[Stored, ...]:
        """Records whose day lies from `first` to `last`, both included, not in the states of `but`; by day."""
        with self.reading() as reading:
            return reading.between(kind, field, first, last, but)

    def history(self, kind: str, key: str) -> tuple[AuditRow, ...]:
        """The lines of audit of one record, in order.

        Raises
        ------
        UnknownName
            Where there is no such record.
        """
        with self.reading() as reading:
            return reading.lines_of(kind, _found(reading, kind, key).id)

    def content(self, digest: str) -> bytes:
        """The content with this digest.

        Raises
        ------
        UnknownName
            Where there is none.
        """
        with self.reading() as reading:
            found = reading.content(digest)
        if found is None:
            raise UnknownName("content", digest, ())
        return found

    def close(self) -> None:
        """Give the file or the connections back."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.source!r}, actor={self.actor!r})"

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)


def _found(reading: Reading, kind: str, key: str) -> Stored:
    found = reading.get(kind, key)
    if found is None:
        raise reading.unknown(kind, key)
    return found
