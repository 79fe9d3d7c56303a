"""A supplier, a contract, a signed agreement in a store; and "refused with exactly these codes"."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from supplier_eval.errors import Refused
from supplier_eval.registry.record import Stored
from supplier_eval.registry.store import Registry
from supplier_eval.registry.store_findings import make_record

TODAY = date(2026, 11, 30)
DAY = timedelta(days=1)


@contextmanager
def refused(*codes: str, among: bool = False) -> Iterator[None]:
    """The block is refused, with findings of exactly these codes; or with these among them."""
    with pytest.raises(Refused) as caught:
        yield
    found = {finding.code for finding in caught.value.findings}
    assert sorted(found & set(codes) if among else found) == sorted(codes)


def add(registry: Registry, kind: str, key: str, **fields: object) -> Stored:
    """Store a new record of raw values."""
    return registry.add(make_record(kind, {"id": key, **fields}))


def supplier(registry: Registry, key: str = "S-1") -> Stored:
    return add(registry, "supplier", key, name=f"Supplier {key}")


def contract(registry: Registry, key: str = "C-1", data_class: str = "important", of: str = "S-1") -> Stored:
    """A contract in draft, with its supplier."""
    if not registry.where("supplier", id=of):
        supplier(registry, of)
    return add(registry, "contract", key, supplier=of, title=f"Desk {key}", owner="wu", data_class=data_class)


AGREED = {
    "definition": "what is marked or plainly secret",
    "scope": "client data and prices",
    "applicability": "all staff on the contract, from the first day",
    "liability": "damages, at least 100,000",
}
PERIOD = {"valid_from": date(2026, 1, 1), "valid_until": date(2027, 12, 31)}


def agreement(
    registry: Registry, key: str, party_kind: str, party: str, data_class: str = "important", **fields: object
) -> Stored:
    """A signed agreement."""
    given = {"party_kind": party_kind, "party": party, "data_class": data_class, **AGREED, **PERIOD, **fields}
    draft = add(registry, "agreement", key, **given)
    return registry.move(draft, "sign", signed_on=TODAY, signed_by="wu")


def digest(registry: Registry, text: str, data_class: str = "internal") -> str:
    """Digest of an attachment with this content."""
    return registry.attach(text.encode(), f"{text}.txt", "text/plain", data_class).id
