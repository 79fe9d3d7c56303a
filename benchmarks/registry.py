"""The registry on SQLite beside hand-written SQL: find, due, archive, bulk import; and how they grow with the store.

    python benchmarks/registry.py [--quick] [--suppliers 100000] [--rounds 15]

Every supplier brings nine more records (certificates, contacts, trainings, an agreement, a contract, a rating), so that
100,000 suppliers are 1,000,000 records. The reference of a question is its SQL, written by hand, on a connection of its
own to the same file: the same rows of the same columns, fetched as tuples, inside a transaction. That of the import is
``executemany`` of the same rows into the same tables with the same indexes, without the audit, and with it. Answers are
compared before they are timed. CPU time of one process, interleaved; the store is built at three sizes.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from measure import interleaved, line, machine

from supplier_eval.registry import Record, Registry, kind_named
from supplier_eval.registry.export_files import export_folder
from supplier_eval.registry.import_table import import_file
from supplier_eval.registry.store_tables import SYSTEM, shapes
from supplier_eval.registry.verification import verify_store
from supplier_eval.registry.views_archive import archive_fields, supplier_archive, through_fields
from supplier_eval.registry.views_due import due_marks, due_until
from supplier_eval.registry.views_find import find_records

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
TODAY = date(2026, 11, 30)
EACH = 10
NAMES = ("Acme", "Borealis", "Cumulus", "Delta", "Emerald", "Foxtrot", "Granite", "Horizon", "Indigo", "Juniper")


def records(first: int, n: int) -> Iterator[Record]:
    """Suppliers from a number on with all that is theirs; days due are spread over twenty years."""
    kinds = ("supplier", "certificate", "contact", "training", "agreement", "contract", "risk_rating")
    supplier, certificate, contact, training, agreement, contract, rating = (kind_named(kind) for kind in kinds)
    for number in range(first, first + n):
        key = f"S{number:07d}"
        name = f"{NAMES[number % 10]} {number // 10:06d} Services Ltd"
        ahead = TODAY + timedelta(days=1 + number * 7919 % 7300)
        yield supplier(
            id=key, name=name, unified_code=f"9131{number:014d}", categories=("ITO",), owner=f"p{number % 50}"
        )
        for i in range(3):
            until = ahead + timedelta(days=40 * i)
            yield certificate(
                id=f"{key}-C{i}", supplier=key, name=f"ISO 900{i}", number=f"N{number}", valid_until=until
            )
        for i in range(2):
            yield contact(
                id=f"{key}-T{i}", supplier=key, on=TODAY, by="li", subject="Monthly call", text="Nothing new."
            )
        yield training(id=f"{key}-R", audience="supplier", supplier=key, topic="Confidentiality", planned_on=ahead)
        yield agreement(id=f"{key}-A", party_kind="supplier", party=key, data_class="internal", valid_until=ahead)
        yield contract(id=f"{key}-K", supplier=key, title="Service desk", owner="li", value="1200000.00", ends_on=ahead)
        yield rating(id=f"{key}-G", supplier=key, on=TODAY, rating="medium", score="42.5", next_review=ahead)


def built(path: Path, suppliers: int) -> Registry:
    """A store of so many suppliers."""
    made = Registry.create(path, actor="bench", clock=lambda: NOW)
    start = time.process_time()
    for first in range(0, suppliers, 5_000):
        made.add_many(records(first, min(5_000, suppliers - first)))
    seconds = time.process_time() - start
    size = path.stat().st_size / 1e6
    n = suppliers * EACH
    print(
        f"built {n:>9,} records: {seconds:7.1f} s CPU, {1e6 * seconds / n:5.1f} µs a record, {size:,.0f} MB", flush=True
    )
    return made


def columns(kind: str) -> str:
    return ", ".join(f'"{name}"' for name in (*shapes()[kind].names, *SYSTEM))


def questions(store: Registry, plain: sqlite3.Connection, suppliers: int) -> dict[str, tuple[Callable, Callable]]:
    """Question → (through the registry, by hand); both give the number of rows."""
    middle = f"S{suppliers // 2:07d}"
    prefix = f"Delta {suppliers // 20:06d}"[: -1 if suppliers > 100 else -2]
    wide = f"Delta {suppliers // 20:06d}"[:-2]
    until = TODAY + timedelta(days=30)

    def by_hand(*statements: tuple[str, tuple]) -> Callable[[], int]:
        def ask() -> int:
            plain.execute("BEGIN")
            n = sum(len(plain.execute(statement, given).fetchall()) for statement, given in statements)
            plain.execute("COMMIT")
            return n

        return ask

    def begins(text: str) -> tuple[str, tuple]:
        statement = f"SELECT {columns('supplier')} FROM supplier WHERE name >= ? AND name < ?"
        return f"{statement} ORDER BY name, id LIMIT 1001", (text, text[:-1] + chr(ord(text[-1]) + 1))

    one = f"SELECT {columns('supplier')} FROM supplier WHERE _key = ?"
    parts = [
        (f'SELECT {columns(kind)} FROM "{kind}" WHERE "{field}" = ? ORDER BY id LIMIT 1001', (middle,))
        for kind, field in archive_fields().items()
    ]
    parts += [
        (
            f'SELECT {columns(kind)} FROM "{kind}" WHERE "{field}" IN (SELECT id FROM "{other}" WHERE supplier = ?)'
            f"{' AND supplier IS NULL' if kind in archive_fields() else ''} ORDER BY id LIMIT 1001",
            (middle,),
        )
        for kind, fields in through_fields().items()
        for other, field in fields.items()
        if other == "contract"
    ]
    dues = []
    for mark in due_marks():
        names = ", ".join(f'"{name}"' for name in mark.columns)
        told = [f'"{mark.field}" {"<" if mark.is_moment else "<="} ?']
        told += [f'"{mark.done}" IS NULL'] if mark.done else []
        told += [f"_state NOT IN ({', '.join(repr(state) for state in mark.closed)})"] if mark.closed else []
        day = "2026-12-30T16:00:00.000000Z" if mark.is_moment else until.isoformat()
        where = " AND ".join(told)
        dues.append((f'SELECT {names}, _state FROM "{mark.kind}" WHERE {where} ORDER BY "{mark.field}", id', (day,)))
    owner = (f"SELECT {columns('supplier')} FROM supplier WHERE owner = ? ORDER BY id LIMIT 101", ("p7",))

    def found(**asked: object) -> Callable[[], int]:
        return lambda: len(find_records(store, "supplier", **asked))

    def whole() -> int:
        return 1 + sum(map(len, supplier_archive(store, middle).parts.values()))

    key = (one, (middle.lower(),))
    return {
        "find one by id": (found(equals={"id": middle}), by_hand(key)),
        "find by beginning, to 10": (found(prefix={"name": prefix}), by_hand(begins(prefix))),
        "find by beginning, to 100": (found(prefix={"name": wide}), by_hand(begins(wide))),
        "find by an equal field, to 100": (
            found(equals={"owner": "p7"}, limit=100),
            lambda: min(100, by_hand(owner)()),
        ),
        "due in 30 days": (lambda: len(due_until(store, until).items), by_hand(*dues)),
        "archive of a supplier": (whole, by_hand(key, *parts)),
    }


def ask(path: Path, suppliers: int, rounds: int) -> dict[str, tuple[float, float]]:
    """Time every question on one store; gives milliseconds through the registry and by hand."""
    found = {}
    with Registry.open(path, actor="bench", clock=lambda: NOW) as store:
        plain = sqlite3.connect(path, isolation_level=None)
        plain.execute("PRAGMA cache_size=-65536")
        for label, (ours, theirs) in questions(store, plain, suppliers).items():
            n = ours()
            assert n == theirs(), (label, n, theirs())
            start = time.process_time()
            ours()
            calls = max(1, min(200, int(0.05 / max(time.process_time() - start, 1e-6))))
            times = interleaved({"ours": ours, "theirs": theirs}, rounds, calls)
            print(line(f"{label} ({n:,} rows)", times["ours"], times["theirs"]))
            found[label] = statistics.median(times["ours"]) * 1000, statistics.median(times["theirs"]) * 1000
        plain.close()
    return found


def imports(folder: Path, suppliers: int, rounds: int) -> None:
    """Bulk import beside ``executemany`` of the same rows, each into a new file with the same tables."""
    given = list(records(0, suppliers))
    with Registry.create(folder / "given", actor="bench", clock=lambda: NOW) as source:
        source.add_many(given)
    template = sqlite3.connect(folder / "given")
    schema = [
        row[0] for row in template.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'")
    ]
    rows = {}
    for kind in (*shapes(), "audit"):
        names = [row[1] for row in template.execute(f'PRAGMA table_info("{kind}")')]
        rows[kind] = names, template.execute(f'SELECT * FROM "{kind}"').fetchall()
    template.close()
    numbers = iter(range(10_000))

    def ours() -> None:
        with Registry.create(folder / f"ours{next(numbers)}", actor="bench", clock=lambda: NOW) as made:
            made.add_many(iter(given))

    def bare(audit: bool) -> None:
        path = folder / f"bare{next(numbers)}"
        made = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "cache_size=-65536"):
            made.execute(f"PRAGMA {setting}")
        made.execute("BEGIN IMMEDIATE")
        for statement in schema:
            made.execute(statement)
        for kind, (names, several) in rows.items():
            if several and (audit or kind != "audit"):
                marks = ", ".join("?" * len(names))
                made.executemany(f'INSERT INTO "{kind}" VALUES ({marks})', several)
        made.execute("COMMIT")
        made.close()
        path.unlink()

    tasks = {"ours": ours, "bare": lambda: bare(False), "audited": lambda: bare(True)}
    times = interleaved(tasks, max(3, rounds // 3))
    n = len(given)
    print(line(f"bulk import of {n:,} records", times["ours"], times["bare"]))
    print(line("  beside executemany with the audit's rows", times["ours"], times["audited"]))
    print(f"{'':<44}{1e6 * statistics.median(times['ours']) / n:>10.1f} µs a record")


def tables(folder: Path, suppliers: int) -> None:
    """A csv of suppliers through the house's readers; the whole store out, and verified."""
    path = folder / "supplier.csv"
    kept = [record for record in records(0, suppliers) if record.kind == "supplier"]
    lines = [f"{r.id},{r.name},{r.unified_code},ITO,{r.owner}" for r in kept]
    path.write_text("id,name,unified_code,categories,owner\n" + "\n".join(lines) + "\n", encoding="utf-8")
    with Registry.create(folder / "table", actor="bench", clock=lambda: NOW) as made:
        for label, task in (
            ("csv of suppliers in", lambda: import_file(made, path)),
            ("everything out to files", lambda: export_folder(made, folder / "out")),
            ("everything verified", lambda: verify_store(made).is_sound),
        ):
            start = time.process_time()
            assert task()
            seconds = time.process_time() - start
            print(f"{label:<44}{1000 * seconds:>10.0f} ms  {1e6 * seconds / len(kept):>8.1f} µs a record")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--suppliers", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=15)
    asked.add_argument("--keep", type=Path, help="folder in which the stores are built and kept")
    given = asked.parse_args()
    suppliers, rounds = (1_000, 3) if given.quick else (given.suppliers, given.rounds)
    print(machine() + f", SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        sizes = sorted({max(suppliers // 100, 100), max(suppliers // 10, 100), suppliers})
        found = {}
        for size in sizes:
            path = folder / f"store{size}"
            if not path.exists():
                built(path, size).close()
            print(f"\n{size * EACH:,} records: through the registry, and as a multiple of SQL by hand")
            found[size] = ask(path, size, rounds)
        print("\ngrowth: registry at the largest store over the smallest; by hand likewise")
        for label, (large, by_hand) in found[sizes[-1]].items():
            small, small_by_hand = found[sizes[0]][label]
            print(f"{label:<44}{large / small:>10.2f} x{by_hand / small_by_hand:>10.2f} x")
        print()
        imports(Path(tempfile.mkdtemp(dir=made)), min(suppliers, 2_000), rounds)
        tables(Path(tempfile.mkdtemp(dir=made)), min(suppliers, 20_000))
    return 0


if __name__ == "__main__":
    sys.exit(main())
