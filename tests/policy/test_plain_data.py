"""Plain data of documents: one canonical form, TOML that reads back, declared parts undone."""

from __future__ import annotations

import hashlib
import tomllib
from decimal import Decimal

from supplier_eval.policy.plain_data import fingerprint_of, toml_text, undeclared
from supplier_eval.policy.rules import Floor


def test_neither_key_order_nor_trailing_zeros_nor_the_kind_of_list_change_a_fingerprint():
    one = {"a": Decimal("30.0"), "b": ({"c": Decimal("0.00")}, None, True)}
    same = {"b": [{"c": Decimal(0)}, None, True], "a": Decimal(30)}
    assert fingerprint_of(one) == fingerprint_of(same)
    canonical = '{"a":"30","b":[{"c":"0"},null,true]}'
    assert fingerprint_of(one) == "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def test_every_digit_of_a_long_decimal_counts():
    assert fingerprint_of({"a": Decimal("0." + "1" * 40)}) != fingerprint_of({"a": Decimal("0." + "1" * 39 + "2")})


def test_toml_says_whole_decimals_as_integers_and_leaves_out_none():
    data = {"whole": Decimal("1E+3"), "part": Decimal("2.50"), "none": None, "deep": [{"x": Decimal("7.0"), "y": None}]}
    assert tomllib.loads(toml_text(data)) == {"whole": 1000, "part": 2.5, "deep": [{"x": 7}]}


def test_declared_parts_become_plain_data_also_inside_lists():
    floor = Floor(criterion="quality", minimum=Decimal(60))
    plain = {"criterion": "quality", "minimum": Decimal(60)}
    assert undeclared(floor) == plain
    assert undeclared((floor, "kept")) == [plain, "kept"]
    assert undeclared(3) == 3
