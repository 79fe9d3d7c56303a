"""Write the dump of a store of the newest version, which the tests of migrations start from; once, with the version."""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from supplier_eval.registry.store import Registry
from supplier_eval.registry.store_findings import make_record
from supplier_eval.registry.store_schemas import newest

SUPPLIER = {
    "id": "S1",
    "name": "名称 'quoted'",
    "categories": ["ITO"],
    "founded_on": "2001-02-03",
    "address": "'; DROP TABLE supplier; -- <b>长</b>",
}
NEED = {
    "id": "N1",
    "department": "IT",
    "category": "ITO",
    "title": "Desk",
    "owner": "amy",
    "data_class": "core",
    "estimated_value": "12.30",
    "volume": "1.5",
    "next_review": "2027-01-31",
}


def main() -> None:
    target = Path(__file__).with_name(f"{newest():04}.sql")
    if target.exists():
        raise SystemExit(f"{target} is frozen")
    with tempfile.TemporaryDirectory() as folder:
        clock = datetime(2026, 11, 30, 8, tzinfo=UTC)
        with Registry.create(f"{folder}/store", actor="keeper", clock=lambda: clock) as registry:
            registry.add(make_record("supplier", SUPPLIER))
            certificate = {"id": "C1", "name": "ISO 9001", "supplier": "s1", "valid_until": "2027-11-30"}
            registry.edit(registry.add(make_record("certificate", certificate)), number="QM-1")
            registry.add(make_record("need", NEED))
            registry.attach(b"\x00\xff content", "a.bin", "", "internal")
            registry.backup(f"{folder}/kept")
        with sqlite3.connect(f"{folder}/kept") as file:
            target.write_text("\n".join(file.iterdump()) + "\n", encoding="utf-8")
        file.close()
    print(target)


if __name__ == "__main__":
    main()
