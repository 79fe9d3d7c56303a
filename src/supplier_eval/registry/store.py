"""The store: opened by URL, written through life cycles, every change in one transaction with its line of audit.

::

    with Registry.create("company.registry", actor="li.na") as registry:
        need = registry.add(Need(id="N-1", …))
        need = registry.edit(need, volume=12)
        registry.move(need, "approve", approved_by="wang.wei")
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

from supplier_eval.errors import UnknownName
from supplier_eval.registry.audit import AuditRow
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.record import Record, Stored
from supplier_eval.registry.rules import HouseRules
from supplier_eval.registry.store_backup import Copied, back_up, restore
from supplier_eval.registry.store_changes import Asked
from supplier_eval.registry.store_engine import WAIT_SECONDS, Database
from supplier_eval.registry.store_migrations import create_schema, migrate, require_current
from supplier_eval.registry.store_reading import Reading
from supplier_eval.registry.store_rules import Rules, rules_text
from supplier_eval.registry.store_writing import Writing

Clock = Callable[[], datetime]


def now() -> datetime:
    """The machine's time, UTC."""
    return datetime.now(UTC)


class Registry:
    """An opened store; made by `create` or `open`, closed by `close` or at the end of ``with``.

    Notes
    -----
    Every write is one transaction, on the disk when the call returns. A write that is refused, or that fails, has
    written nothing.
    """

    def __init__(self, database: Database, actor: str, clock: Clock | None) -> None:
        self._database = database
        self._clock = clock or now
        self._rules = Rules()
        self.actor = actor

    @classmethod
    def create(
        cls, url: str | Path, *, actor: str, rules: HouseRules | str | None = None, clock: Clock | None = None
    ) -> Self:
        """Make a new store.

        Parameters
        ----------
        url : str or Path
            A path, ``sqlite:///path``, or ``postgresql+psycopg://…`` of an empty database.
        actor : str
            Who works with it; stands in every line of the audit.
        rules : HouseRules or str, optional
            The company's rules, or their TOML; the default rules without.
        clock : callable, optional
            Gives the aware moment now; the machine's time without.

        Raises
        ------
        NotAStore
            Where something is there already.
        InvalidInput
            For rules or a URL that do not hold together.
        """
        text = rules_text(rules)
        database = Database(url, create=True)
        registry = cls(database, actor, clock)
        try:
            with database.writing() as connection:
                create_schema(connection)
                registry._set_rules(connection, text)
        except BaseException:
            registry.close()
            raise
        return registry

    @classmethod
    def open(
        cls, url: str | Path, *, actor: str, clock: Clock | None = None, wait: float = WAIT_SECONDS
    ) -> Self:
        """Open a store.

        Parameters
        ----------
        url, actor, clock
            As in `create`.
        wait : float
            Seconds to wait for another writer before giving up.

        Raises
        ------
        NotAStore
            Where there is none.
        StoreVersion
            For one of an older version (with the command that upgrades it) or a newer one.
        """
        registry = cls(Database(url, wait=wait), actor, clock)
        try:
            with registry._database.reading() as connection:
                require_current(connection)
        except BaseException:
            registry.close()
            raise
        return registry

    def by(self, actor: str) -> Self:
        """The same store in the hands of somebody else; closed with this one."""
        return type(self)(self._database, actor, self._clock)

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

    @contextmanager
    def _writing(self) -> Iterator[Writing]:
        with self._database.writing() as connection:
            reading = Reading(connection)
            yield Writing(connection, Asked(self.actor, self._now(), reading, self._rules.of(reading)))

    def add(self, record: Record) -> Stored:
        """Store a new record.

        Raises
        ------
        Refused
            With everything that is against it: its id is taken, a reference dangles, a guard objects.
        """
        with self._writing() as writing:
            return writing.add([record])[0]

    def add_many(self, records: Iterable[Record]) -> int:
        """Store new records in one transaction, all or none; gives how many.

        Records may refer to records before them, and to others of their batch.
        """
        with self._writing() as writing:
            return writing.add_all(records)

    def edit(self, stored: Stored, /, **fields: Any) -> Stored:  # noqa: ANN401 - any declared field
        """Give fields other values, where the state allows it.

        Raises
        ------
        Conflict
            Where somebody changed the record since `stored` was read.
        Refused
            With everything that is against it.
        """
        with self._writing() as writing:
            return writing.edit(stored, fields)

    def move(self, stored: Stored, event: str, /, **fields: Any) -> Stored:  # noqa: ANN401 - any declared field
        """Let an event of the life cycle happen, with the fields that it needs.

        Raises
        ------
        Conflict
            Where somebody changed the record since `stored` was read.
        Refused
            With everything that is against it.
        """
        with self._writing() as writing:
            return writing.move(stored, event, fields)

    def get(self, kind: str, key: str) -> Stored:
        """The record with this id, however spelled.

        Raises
        ------
        UnknownName
            Where there is none.
        """
        with self.reading() as reading:
            found = reading.get(kind, key)
            if found is None:
                raise UnknownName(kind, key, reading.near(kind, key))
            return found

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
        """The lines of audit of one record, in order."""
        kind_named(kind)
        with self.reading() as reading:
            found = reading.get(kind, key)
            if found is None:
                raise UnknownName(kind, key, reading.near(kind, key))
            return reading.lines_of(kind, found.id)

    def change_rules(self, toml_text: str) -> HouseRules:
        """Put other rules in force, with a line in the audit.

        Raises
        ------
        InvalidInput
            With everything that does not hold together in them; the old rules stay.
        """
        text = rules_text(toml_text)
        with self._database.writing() as connection:
            self._set_rules(connection, text)
        return self.rules

    def attach(self, content: bytes, name: str = "", media_type: str = "", data_class: str = "") -> Stored:
        """Keep a content under its digest; the same content again gives the attachment that there is.

        Parameters
        ----------
        content : bytes
            Any bytes; they are kept, never run and never written under `name`.
        name, media_type : str
            As given; data.
        data_class : str
            Class of the information in it (§8.1.2).

        Raises
        ------
        Refused
            Where the same content is kept under another class already, or a field is not as declared.
        """
        from supplier_eval.registry.store_findings import make_record

        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        given = {"id": digest, "digest": digest, "name": name, "media_type": media_type, "size": len(content)}
        record = make_record("attachment", {**given, "data_class": data_class})
        with self._writing() as writing:
            return writing.attach(record, content)

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

    def backup(self, path: str | Path) -> Copied:
        """Copy the store into a new file, from one view of it, and compare the copy.

        Raises
        ------
        NotAStore
            Where the file is there already.
        """
        return back_up(self._database, Path(path))

    @classmethod
    def restore(cls, backup: str | Path, url: str | Path) -> Copied:
        """Make a new store of a backup and compare it; open it afterwards.

        Raises
        ------
        NotAStore
            Where the backup is none or is damaged, or where something is stored at `url` already.
        """
        return restore(Path(backup), url)

    @classmethod
    def upgrade(cls, url: str | Path, backup: str | Path) -> Copied:
        """Bring a store of an earlier version up to this program's, after a backup; gives what the backup holds.

        Raises
        ------
        StoreVersion
            For a store that is newer than this program.
        """
        database = Database(url)
        try:
            kept = back_up(database, Path(backup))
            with database.writing() as connection:
                migrate(connection)
        finally:
            database.close()
        return kept

    def close(self) -> None:
        """Give the file or the connections back."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Registry({self.source!r}, actor={self.actor!r})"

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)

    def _set_rules(self, connection: Any, text: str) -> None:  # noqa: ANN401 - a transaction
        reading = Reading(connection)
        asked = Asked(self.actor, self._now(), reading, HouseRules.from_toml(text))
        Writing(connection, asked).set_rules(text)
