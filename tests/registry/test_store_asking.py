"""What an open store answers without changing anything."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.registry.store import Registry
from supplier_eval.registry.store_findings import make_record


def supplier(key):
    return make_record("supplier", {"id": key, "name": f"Supplier {key}"})


def test_a_day_is_a_day_in_the_house(registry, clock):
    """Eight o'clock in the evening in UTC is the next day in Shanghai."""
    clock.now = datetime(2026, 11, 30, 20, tzinfo=UTC)
    assert registry.now == clock.now
    assert registry.today == date(2026, 12, 1)
    registry.change_rules(registry.rules_toml.replace("Asia/Shanghai", "America/Lima"))
    assert registry.today == date(2026, 11, 30)


def test_the_history_of_nothing_is_named(registry):
    with pytest.raises(UnknownName, match="S9"):
        registry.history("supplier", "S9")
    with pytest.raises(UnknownName, match="kind"):
        registry.history("suppliers", "S9")


def test_a_closed_file_is_let_go_of(tmp_path):
    """Nothing of it stays beside it: whoever copies the file copies everything."""
    with Registry.create(tmp_path / "store", actor="a") as registry:
        registry.add(supplier("S1"))
        assert len(list(tmp_path.iterdir())) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_several_questions_have_one_view(registry):
    with registry.reading() as reading:
        before = reading.head()
        registry.add(supplier("S1"))
        assert reading.head() == before
        assert reading.get("supplier", "S1") is None
    assert registry.get("supplier", "S1").version == 1


def test_it_says_where_it_is_and_who_works_with_it(registry, registry_url):
    assert "tester" in repr(registry)
    assert repr(registry.by("li.na")).startswith("Registry(")
    assert registry.source.split("/")[-1].split("?")[0] == registry_url.split("/")[-1].split("?")[0]


@pytest.mark.parametrize(
    "actor", ["", " ", "li.na ", "li\nna", "li\x00na", "li\u200b.na", "\ud800", "ｌｉ.na", "x" * 121, 7]
)
def test_who_acts_has_an_id_that_can_be_read_in_one_way(registry, tmp_path, actor):
    with pytest.raises(InvalidInput) as refused:
        registry.by(actor)
    assert [finding.code for finding in refused.value.findings] == ["registry.actor.not_an_id"]
    assert refused.value.findings[0].line("zh")
    with pytest.raises(InvalidInput):
        Registry.create(tmp_path / "new", actor=actor)
    assert not (tmp_path / "new").exists()


def test_who_acts_may_have_a_chinese_name(registry):
    assert registry.by("李 娜").add(supplier("S1")).changed_by == "李 娜"
