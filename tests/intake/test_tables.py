"""The column contracts: complete, documented, and free of clashes with what readers keep for themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from supplier_eval.intake.tables import PRICES, TABLES, PriceLine
from supplier_eval.intake.typed import OWN_PREFIX, UNREAD

GUIDE = (Path(__file__).parents[2] / "docs" / "tender-folder.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_every_table_is_in_the_guide(name):
    section = re.search(rf"^### `{name}\.csv`.*?(?=^##)", GUIDE, re.MULTILINE | re.DOTALL)
    assert section, f"docs/tender-folder.md has no section on {name}.csv"
    columns = section.group().partition("| case |")[0]
    told = re.findall(r"^\| `(\w+)` \|", columns, re.MULTILINE)
    assert tuple(told) == TABLES[name].names


@pytest.mark.parametrize("contract", TABLES.values(), ids=TABLES)
def test_a_table_is_named_by_columns_that_it_has_and_keeps_no_reserved_name(contract):
    assert set(contract.key) <= set(contract.names)
    assert not {UNREAD, "row"} & set(contract.names)
    assert not any(name.startswith(OWN_PREFIX) for name in contract.names)
    assert len(set(contract.names)) == len(contract.names)
    assert contract.column(contract.key[0]).name == contract.key[0]


def test_a_price_line_holds_every_column_of_its_table():
    assert set(PRICES.names) <= set(PriceLine.__dataclass_fields__)


def test_choices_stand_with_columns_of_choice_and_only_there():
    for contract in TABLES.values():
        for column in contract.columns:
            assert (column.kind == "choice") == bool(column.choices)
