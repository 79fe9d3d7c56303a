"""Records leave as a workbook without a formula and come back as they were."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime

import pytest

from registry_hostile import TEXTS, fill_hostile
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.import_table import import_file
from supplier_eval.registry.store import Registry
from supplier_eval.report.book_registry import write_records


def at_eight() -> datetime:
    return datetime(2026, 11, 30, 8, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    with Registry.create(tmp_path / "a", actor="tester", clock=at_eight) as made:
        yield made


def test_every_record_comes_back_as_it_was_and_no_cell_is_a_formula(store, tmp_path):
    fill_hostile(store)
    store.edit(store.get("supplier", "long"), notes="y" * 32_000)
    store.edit(store.get("supplier", "-1+1"), founded_on=date(2000, 2, 28))  # the readers take 1900 to 2199
    book = write_records(store, tmp_path / "out.xlsx", ["supplier", "contract", "complaint"])
    with zipfile.ZipFile(book) as parts:
        for name in parts.namelist():
            assert not re.search(rb"<f[ >]", parts.read(name))
    with Registry.create(tmp_path / "b", actor="tester", clock=at_eight) as again:
        assert import_file(again, book) == len(TEXTS) + 5 + 2 + 2
        for kind in ("supplier", "contract", "complaint"):
            assert [one.record for one in again.where(kind)] == [one.record for one in store.where(kind)]


def test_a_text_that_no_cell_holds_is_refused(store, tmp_path):
    store.add(kind_named("supplier")(id="A", name="x", notes="y" * 40_000))
    with pytest.raises(InvalidInput, match=r"32,000 letters.*too_long_for_sheet"):
        write_records(store, tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_a_kind_that_there_is_not_is_named(store, tmp_path):
    with pytest.raises(UnknownName, match="suplier"):
        write_records(store, tmp_path / "out.xlsx", ["suplier"])


def test_an_empty_store_gives_a_workbook_all_the_same(store, tmp_path):
    assert write_records(store, tmp_path / "out.xlsx").exists()
