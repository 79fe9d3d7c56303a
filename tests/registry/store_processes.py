"""What processes of their own do to a store: run as a script, since they fork, are killed, or become somebody else.

Usage: ``store_processes.py many|killed|nobody|full URL …``; prints one JSON document.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from supplier_eval.errors import Conflict, InvalidInput, StoreError
from supplier_eval.registry.store import Registry
from supplier_eval.registry.store_findings import make_record
from supplier_eval.registry.verification import verify_store

NOBODY = 65_534


def supplier(key: str, **fields: object):
    return make_record("supplier", {"id": key, "name": f"Supplier {key}", **fields})


def forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def many(url: str, processes: int, writes: int) -> dict[str, object]:
    """Each process adds records of its own and counts up a shared one, again and again until it is let."""

    def work(number: int) -> None:
        with Registry.open(url, actor=f"process-{number}", wait=120) as registry:
            for i in range(writes):
                if i % 10:
                    registry.add(supplier(f"P{number}-{i}"))
                else:
                    counted(registry)

    with Registry.open(url, actor="parent") as registry:
        registry.add(supplier("shared", notes="0"))
    children = [forked(lambda number=number: work(number)) for number in range(processes)]
    statuses = [os.waitpid(child, 0)[1] for child in children]
    with Registry.open(url, actor="parent") as registry:
        with registry.reading() as reading:
            lines, records = reading.head()[0], reading.count("supplier")
        verdict = verify_store(registry)
        shared = registry.get("supplier", "shared")
    return {
        "statuses": statuses,
        "lines": lines,
        "records": records,
        "shared": int(shared.notes),
        "version": shared.version,
        "sound": verdict.is_sound,
    }


def counted(registry: Registry) -> None:
    while True:
        seen = registry.get("supplier", "shared")
        try:
            registry.edit(seen, notes=str(int(seen.notes) + 1))
            return
        except Conflict:
            continue


def killed(url: str, times: int) -> dict[str, object]:
    """A writer is killed in the middle, again and again; what it acknowledged must be there each time."""
    chance = random.Random(8)
    acknowledged: dict[str, int] = {}
    missing: list[str] = []
    unsound: list[int] = []
    for number in range(times):
        acknowledged |= one_life(url, number, chance)
        with Registry.open(url, actor="parent") as registry:
            if not sound(registry):
                unsound.append(number)
            with registry.reading() as reading:
                there = {stored.id: stored.version for stored in reading.every("supplier")}
        missing += [key for key, version in acknowledged.items() if there.get(key, 0) < version]
    return {"acknowledged": len(acknowledged), "missing": missing, "unsound": unsound}


def one_life(url: str, number: int, chance: random.Random) -> dict[str, int]:
    """Id → version of every write that the writer acknowledged before it was killed."""
    reader, writer = os.pipe()

    def work() -> None:
        with Registry.open(url, actor=f"life-{number}") as registry:
            for i in range(100_000):
                kept = registry.add(supplier(f"L{number}-{i}", notes="x" * chance.randrange(3_000)))
                os.write(writer, f"{kept.id} {kept.version}\n".encode())
                if i % 3 == 0:
                    kept = registry.edit(kept, phone=str(i))
                    os.write(writer, f"{kept.id} {kept.version}\n".encode())
                if i % 7 == 0:
                    registry.add_many(supplier(f"B{number}-{i}-{j}") for j in range(40))

    child = forked(work)
    os.close(writer)
    text = b""
    wanted = chance.randrange(1, 12)
    while text.count(b"\n") < wanted and select.select([reader], [], [], 30)[0]:
        more = os.read(reader, 65_536)
        if not more:
            raise RuntimeError("the writer ended by itself")
        text += more
    time.sleep(chance.random() * 0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reader, 65_536):
        text += more
    os.close(reader)
    whole = [line.split() for line in text.decode().split("\n")[:-1]]
    return {key: int(version) for key, version in whole}


def sound(registry: Registry) -> bool:
    with registry.reading() as reading:
        if reading.driver.mark == "?":
            checked = [row[0] for row in reading.driver.rows("PRAGMA integrity_check")]
            broken = reading.driver.rows("PRAGMA foreign_key_check")
            if checked != ["ok"] or broken:
                return False
    return verify_store(registry).is_sound


def nobody() -> dict[str, object]:
    """Somebody without the right to write: to the file, to the file and its folder; a file that may not be read."""
    cases = {"file": (0o444, 0o777), "folder": (0o444, 0o555), "closed": (0o000, 0o555)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warm_up(folder)
        said = {}
        for case, (file_mode, folder_mode) in cases.items():
            place = folder / case
            place.mkdir()
            with Registry.create(place / "store", actor="keeper") as made:
                made.add(supplier("S1"))
            before = (place / "store").read_bytes()
            (place / "store").chmod(file_mode)
            folder.chmod(0o755)
            place.chmod(folder_mode)
            said[case] = told_by_child(lambda place=place: attempts(place / "store"))
            place.chmod(0o755)
            (place / "store").chmod(0o644)
            said[case].append((place / "store").read_bytes() == before)
        return said


def warm_up(folder: Path) -> None:
    """Load everything that is needed before the rights go: nobody may not read the program itself."""
    with Registry.create(folder / "warm", actor="keeper") as warm:
        kept = warm.add(supplier("S1"))
        attempts(folder / "warm")
        attempts(folder / "absent")
        try:
            warm.edit(kept, colour=1)
        except InvalidInput as refused:
            str(refused)


def told_by_child(work: Callable[[], list[object]]) -> list[object]:
    """What a child without rights says."""
    reader, writer = os.pipe()

    def without_rights() -> None:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        os.write(writer, json.dumps(work()).encode())

    child = forked(without_rights)
    os.close(writer)
    text = b""
    while more := os.read(reader, 65_536):
        text += more
    os.close(reader)
    os.waitpid(child, 0)
    return list(json.loads(text))


def attempts(path: Path) -> list[object]:
    """What can be done with a store: read it, write to it."""
    said: list[object] = []
    try:
        with Registry.open(path, actor="nobody", wait=0.2) as registry:
            said.append(registry.get("supplier", "S1").name)
            registry.add(supplier("S2"))
            said.append("written")
    except StoreError as fault:
        said += [type(fault).__name__, fault.report("en"), fault.report("zh")]
    return said


def full() -> dict[str, object]:
    """The disk fills up while records are written; then somebody makes room."""
    with tempfile.TemporaryDirectory() as name, small_disk(name) as (kind, more_room):
        with Registry.create(f"{name}/store", actor="keeper") as registry:
            acknowledged, fault = [], None
            for i in range(10_000):
                try:
                    acknowledged.append(registry.add(supplier(f"S{i}", notes="x" * 20_000)).id)
                except StoreError as refused:
                    fault = refused
                    break
            there = [stored.id for stored in registry.where("supplier")]
            was_sound = sound(registry)
            more_room()
            registry.add(supplier("after"))
            now_sound = sound(registry)
        return {
            "kind": kind,
            "fault": [type(fault).__name__, str(fault)],
            "acknowledged": len(acknowledged),
            "missing": sorted(set(acknowledged) - set(there)),
            "sound": [was_sound, now_sound],
        }


@contextmanager
def small_disk(folder: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """A disk of six megabytes, or where none may be mounted, a file that may not grow beyond them."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder]
    if shutil.which("mount") and subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        try:
            yield "disk", lambda: subprocess.run(["mount", "-o", "remount,size=64m", folder], check=True)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)
        return
    pages = {"most": 1_500}

    @event.listens_for(Pool, "checkout")
    def _limit(raw: Any, *_: object) -> None:
        raw.execute(f"PRAGMA max_page_count={pages['most']}")

    yield "pages", lambda: pages.update(most=100_000)
    event.remove(Pool, "checkout", _limit)


def main(arguments: list[str]) -> None:
    what, *rest = arguments
    works: dict[str, Callable[..., dict[str, object]]] = {
        "many": many,
        "killed": killed,
        "nobody": nobody,
        "full": full,
    }
    print(json.dumps(works[what](*(int(word) if word.isdecimal() else word for word in rest))))


if __name__ == "__main__":
    main(sys.argv[1:])
