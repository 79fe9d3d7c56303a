"""Tables of the registry: words in both languages, dashes for nothing, long text cut."""

from __future__ import annotations

from report.made_archives import due, several, stored, supplier
from supplier_eval.messages import catalogue
from supplier_eval.registry.catalogue import kinds, life_cycles
from supplier_eval.registry.cell_text import cell_columns
from supplier_eval.registry.views_archive import archive_fields
from supplier_eval.registry.views_dashboard import Dashboard, StateCount
from supplier_eval.registry.views_find import FoundRecords
from supplier_eval.registry.views_history import HistoryLine, RecordHistory
from supplier_eval.report import tables_registry as module


def test_every_state_every_choice_and_every_field_of_the_archive_has_words():
    asked = {f"registry.state.{state}" for cycle in life_cycles().values() for state in cycle.states}
    for kind, declared in kinds().items():
        shown = module.PARTS.get(kind, ())
        assert set(shown) <= set(declared.model_fields), kind
        asked |= {f"registry.field.{name}" for name in shown}
        asked |= {f"registry.choice.{choice}" for c in cell_columns(declared) for choice in c.choices}
    asked |= {f"registry.field.{name}" for name in kinds()["supplier"].model_fields}
    assert not asked - set(catalogue())
    assert set(archive_fields()) <= set(module.PARTS)


def test_found_records_show_their_main_fields_or_every_filled_one_and_their_states():
    found = FoundRecords("supplier", (supplier(notes=""), stored("supplier", "barred", "B", name="Bee")), more=False)
    assert "开户银行" not in [head for head, _ in module.found_table(found, "zh").columns]
    table = module.found_table(found, "zh", every=True)
    heads = [head for head, _ in table.columns]
    assert "备注" not in heads
    assert "开户银行" in heads
    assert table.rows[1][heads.index("开户银行")] == "–"
    assert table.rows[0][-1] == "有效"
    assert table.marked == {1: "out"}


def test_the_archive_leaves_out_columns_that_nobody_fills():
    heads = [head for head, _ in module.part_table("certificate", several()["certificate"], "en").columns]
    assert heads == ["id", "name", "number", "issuer", "valid until", "state"]


def test_long_text_is_cut_in_tables_and_whole_beside_its_label():
    long = supplier(notes="y" * 1_000)
    (cell,) = [c for c in module.records_table("supplier", [long], ["notes"], "en").rows[0] if c.startswith("y")]
    assert len(cell) == module.LONGEST
    assert ("notes", "y" * 1_000) in module.record_pairs(long, "en")


def test_what_falls_due_names_record_person_and_days():
    table = module.due_table(due().items, "en")
    assert table.rows[0][:5] == ("1 November 2026", "−29", "expiry", "Confidentiality agreement", "NDA-0")
    assert table.marked == {0: "open", 1: "open"}


def test_history_shows_a_row_a_changed_field():
    line = HistoryLine(2, "2026-11-30T08:00:00.000000Z", "li", "edit", 2, "active", (("name", "A", "=B"),))
    empty = HistoryLine(3, "2026-11-30T09:00:00.000000Z", "li", "suspend", 3, "suspended", ())
    table = module.history_table(RecordHistory("supplier", "HX", (line, empty)), "en")
    assert table.rows[0][-3:] == ("name", "A", "=B")
    assert table.rows[1][-3:] == ("–", "", "")


def test_states_are_listed_with_what_is_overdue():
    from datetime import date

    from supplier_eval.registry.payment_delays import LatePayments

    day = date(2026, 11, 30)
    counted = (StateCount("need", "listed", True, 3, 12, 1), StateCount("need", "closed", False, 1, 2, 0))
    table = module.states_table(Dashboard(day, counted, (), LatePayments(day, ())), "en")
    assert table.rows[0][1:] == ("listed", "yes", "3", "12", "1")
    assert table.marked == {0: "open"}
