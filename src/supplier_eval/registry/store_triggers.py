"""What keeps lines of the audit from being changed in the database itself, and whether it still stands."""

from __future__ import annotations

from collections.abc import Iterator

from supplier_eval.errors import Finding
from supplier_eval.registry.store_engine import Driver

_REFUSE = "lines of the audit are written once"
TRIGGERS = {
    "sqlite": tuple(
        f"CREATE TRIGGER audit_no_{event} BEFORE {event.upper()} ON audit BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
        for event in ("update", "delete")
    ),
    "postgresql": (
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSE}'; END $$",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ),
}
"""Dialect → statements that make them."""
_LITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
_SERVER = (
    "SELECT tgname, tgenabled FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace ORDER BY tgname"
)


def trigger_findings(driver: Driver) -> Iterator[Finding]:
    """A finding for each trigger of the audit that is gone or another, and for each that is not the program's."""
    lite = driver.mark == "?"
    asked = {statement.split()[2]: statement for statement in TRIGGERS["sqlite" if lite else "postgresql"]}
    wanted = {name: said if lite else "O" for name, said in asked.items() if said.startswith("CREATE TRIGGER")}
    there = {row[0]: _text(row[1]) for row in driver.rows(_LITE if lite else _SERVER)}
    for name in sorted(wanted.keys() | there.keys()):
        if name not in wanted:
            yield Finding("audit.trigger_strange", "audit", value=name)
        elif there.get(name) != wanted[name]:
            yield Finding("audit.trigger_missing", "audit", value=name)


def _text(said: object) -> str:
    """PostgreSQL's drivers give a letter as text or as bytes."""
    return said.decode() if isinstance(said, bytes) else str(said)
