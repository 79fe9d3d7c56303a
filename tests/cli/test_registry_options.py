"""Fields on the command line, and who acts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import typer

from supplier_eval.cli.registry_options import acting, field_values, parted
from supplier_eval.errors import Refused
from supplier_eval.registry.catalogue import kind_named


def test_fields_are_parted_at_the_first_equals_sign():
    assert parted(["name=a=b", " phone =1", "notes="]) == {"name": "a=b", "phone": "1", "notes": ""}


@pytest.mark.parametrize("given", [["name"], ["=x"], ["a=1", "a=2"]])
def test_what_is_no_field_or_twice_the_same_is_refused(given):
    with pytest.raises(typer.BadParameter):
        parted(given)


def test_values_are_read_as_their_fields_ask_and_an_empty_one_empties():
    contract = kind_named("contract")
    given = {"value": "1234.5", "starts_on": "2026-03-01", "title": "'=x", "amended_by": "a;b", "award": ""}
    values = field_values(contract, given | {"review_notes": ""})
    assert values == {
        "value": Decimal("1234.5"),
        "starts_on": date(2026, 3, 1),
        "title": "'=x",
        "amended_by": ("a", "b"),
        "award": None,
        "review_notes": "",
    }


def test_every_value_that_cannot_be_read_is_named():
    with pytest.raises(Refused) as refused:
        field_values(kind_named("contract"), {"value": "much", "starts_on": "soon"})
    assert len(refused.value.findings) == 2


def test_who_is_named_acts_else_the_user_of_the_environment(monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "env")
    assert (acting("ann"), acting("")) == ("ann", "env")


def test_where_there_is_no_user_one_must_be_named(monkeypatch):
    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    with pytest.raises(typer.BadParameter, match="--actor"):
        acting("")
