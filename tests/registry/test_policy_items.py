"""The items of the policy, and how a text cites them."""

from __future__ import annotations

import re

import pytest

from supplier_eval.registry.policy_items import cited_by, items_in, known_items


def test_every_chapter_has_its_items_each_with_a_title_in_both_languages():
    items = known_items()
    assert len(items) == 63
    assert {item.split(".")[0] for item in items} == {f"§{chapter}" for chapter in range(1, 10)}
    for words in items.values():
        assert re.search(r"[A-Za-z]{3}", words.en)
        assert re.search(r"[\u4e00-\u9fff]{3}", words.zh)
    assert len({words.en for words in items.values()}) == 63


def test_items_stand_in_the_order_of_the_policy():
    numbers = [tuple(int(part) for part in item.removeprefix("§").split(".")) for item in known_items()]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("§3.1.4", ("§3.1.4",)),
        ("§4.1.2, §4.1.1", ("§4.1.1", "§4.1.2")),
        ("§3.1.1-§3.1.3", ("§3.1.1", "§3.1.2", "§3.1.3")),
        ("§8.3.1–8.3.3", ("§8.3.1", "§8.3.2", "§8.3.3")),
        ("§3.1", ()),
        ("§3.1.44", ()),
        ("convention §7", ()),
        ("3.1.4", ()),
    ],
)
def test_a_text_cites_items_and_ranges_and_nothing_else(text, cited):
    assert items_in(text) == cited


def test_a_docstring_cites_in_brackets_that_begin_with_the_item():
    assert cited_by("Prices (§3.1.4, convention §7).") == ("§3.1.4",)
    assert cited_by("As a book says, §3.1.1 (cycles: §3.1.2).") == ()
