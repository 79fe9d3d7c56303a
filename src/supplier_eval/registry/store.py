"""The store: opened by URL, written through life cycles, every change in one transaction with its line of audit.

::

    with Registry.create("company.registry", actor="li.na") as registry:
        need = registry.add(Need(id="N-1", …))
        need = registry.edit(need, volume=12)
        registry.move(need, "approve", approved_by="wang.wei")
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from supplier_eval.registry.record import Record, Stored
from supplier_eval.registry.rules import HouseRules
from supplier_eval.registry.store_asking import Asking, Clock
from supplier_eval.registry.store_backup import Copied, back_up, restore, upgrade
from supplier_eval.registry.store_changes import Asked
from supplier_eval.registry.store_engine import WAIT_SECONDS, Database
from supplier_eval.registry.store_migrations import create_schema, require_current
from supplier_eval.registry.store_reading import Reading
from supplier_eval.registry.store_rules import rules_text
from supplier_eval.registry.store_writing import Writing


class Registry(Asking):
    """An opened store; made by `create` or `open`, closed by `close` or at the end of ``with``.

    Notes
    -----
    Every write is one transaction, on the disk when the call returns. A write that is refused, or that fails, has
    written nothing.
    """

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

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, se.Registry.create(f"{folder}/s.sqlite", actor="li.na") as store:
        ...     store.count("supplier")
        0
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
    def open(cls, url: str | Path, *, actor: str, clock: Clock | None = None, wait: float = WAIT_SECONDS) -> Self:
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

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     se.Registry.create(f"{folder}/s.sqlite", actor="li.na").close()
        ...     with se.Registry.open(f"{folder}/s.sqlite", actor="wu.fan") as store:
        ...         store.count("supplier")
        0
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

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> supplier = se.registry.kind_named("supplier")
        >>> acme = supplier(id="S1", name="Acme Ltd", categories=("ITO",))
        >>> with TemporaryDirectory() as folder, se.Registry.create(f"{folder}/s.sqlite", actor="li.na") as store:
        ...     stored = store.add(acme)
        >>> stored.state, stored.version
        ('candidate', 1)
        """
        with self._writing() as writing:
            return writing.add([record])[0]

    def add_many(self, records: Iterable[Record]) -> int:
        """Store new records in one transaction, all or none; gives how many.

        Records may refer to records before them, and to others of their batch.

        Raises
        ------
        Refused
            With everything that is against any of them, at most 1,000 findings.
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

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> supplier = se.registry.kind_named("supplier")
        >>> acme = supplier(id="S1", name="Acme Ltd", categories=("ITO",))
        >>> with TemporaryDirectory() as folder, se.Registry.create(f"{folder}/s.sqlite", actor="li.na") as store:
        ...     store.edit(store.add(acme), owner="wu.fan").version
        2
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

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> supplier = se.registry.kind_named("supplier")
        >>> acme = supplier(id="S1", name="Acme Ltd", categories=("ITO",), unified_code="91310000MA1K35X66L")
        >>> fields = {"owner": "li.na", "approved_by": "chen.jie", "approved_on": "2026-11-30"}
        >>> with TemporaryDirectory() as folder, se.Registry.create(f"{folder}/s.sqlite", actor="li.na") as store:
        ...     store.move(store.add(acme), "approve", **fields).state
        'active'
        """
        with self._writing() as writing:
            return writing.move(stored, event, fields)

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
        return upgrade(url, Path(backup))

    def _set_rules(self, connection: Any, text: str) -> None:  # noqa: ANN401 - a transaction
        reading = Reading(connection)
        asked = Asked(self.actor, self._now(), reading, HouseRules.from_toml(text))
        Writing(connection, asked).set_rules(text)
