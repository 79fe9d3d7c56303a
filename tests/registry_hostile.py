"""Texts that try to be more than texts, and a store that is full of them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.store import Registry

TEXTS = (
    '=HYPERLINK("http://x","y")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1",
    "'=1",
    "'",
    "''",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "../../etc/passwd",
    "C:\\..\\x\x7f",
    "\u202egnp.exe\u2066",
    "'; DROP TABLE supplier; --",
    '"quoted", "twice"',
    "{{ 7*7 }} {% raw %} ${x} {value}",
    " spaces ",
    "sep=;",
    "_x0041_ \x01\x0b\x1f",
    "\U0001f600 \ufffd \ufeff \u2028 \x85",
    "00123",
    "NA",
    "1.234",
    "true",
)
LINES = ("two\nlines", "\r\n", "a\rb", "=1\n=2", "\n")


def fill_hostile(registry: Registry) -> None:
    """A supplier a text, in every field that takes it; other kinds of fields; an attachment; an edit."""
    supplier, contract = kind_named("supplier"), kind_named("contract")
    for number, text in enumerate((*TEXTS, *LINES)):
        line = text if text in TEXTS else "x"
        made = dict.fromkeys(("name", "address", "bank", "phone", "email", "contact_person"), line)
        registry.add(supplier(id=f"S{number}", notes=text, categories=("ITO",), **made))
    registry.add(supplier(id="long", name="x" * 500, notes="y" * 40_000))
    registry.add(supplier(id="-1+1", name="its id begins with a minus", founded_on=date(3000, 2, 28)))
    registry.add(contract(id="K", supplier="S0", title="t", owner="ann", value="1234567.80", credit_cap="0.150"))
    received = datetime(2026, 11, 30, 7, 0, 0, 123456, tzinfo=UTC)
    due = {name: datetime(2026, 12, 1, 7, tzinfo=UTC) for name in ("respond_due", "resolve_due", "satisfaction_due")}
    who = {"client": "C", "channel": "phone", "owner": "=bob", "subject": "slow", "text": "=1+1"}
    registry.add(kind_named("complaint")(id="P", supplier="S0", received_at=received, **due, **who))
    registry.attach(b"\x00content", "../../=a.pdf", "application/pdf", "internal")
    registry.edit(registry.get("supplier", "S0"), name="renamed", notes="")
