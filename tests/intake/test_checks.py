"""Cross-checks between the tables: references, ranges, facts by their kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from supplier_eval.intake.assemble import load_tender, read_tender
from supplier_eval.intake.panel_checks import conflicts_of
from supplier_eval.procedure import check_tender
from tender_folder import mini

YES_NO = '\n[[criteria]]\nid = "certified"\nparent = "quality"\nname = "c"\nweight = 10\nsource = "{source}"\n{more}'


def errors(folder) -> set[str]:
    return {f.code for f in check_tender(folder) if f.severity == "error"}


def with_leaf(tmp_path, source: str, value: str, more: str = 'value = { kind = "yes_no" }\n', **edits):
    """The mini tender with one more leaf of 10 points, and what B1 states for it (the others say yes)."""
    folder = mini(tmp_path, policy=("weight = 30", "weight = 20"), **edits)
    leaf = YES_NO.format(source=source, more=more)
    policy = folder / "policy.toml"
    policy.write_text(policy.read_text(encoding="utf-8") + leaf, encoding="utf-8")
    name, row = ("requirements", "{b},certified,{v}\n") if source == "facts" else ("marks", "{b},certified,{e},{v}\n")
    table = folder / f"{name}.csv"
    members = [""] if source == "facts" else ["E1", "E2"]
    stated = {"B1": value, "B2": "yes", "B3": "yes"}
    more_rows = "".join(row.format(b=b, e=e, v=v) for b, v in stated.items() for e in members)
    table.write_text(table.read_text(encoding="utf-8") + more_rows, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("word", "fact"), [("是", True), ("无", False), ("no", False), ("有", True)])
def test_no_is_an_answer_of_a_yes_no_fact_and_not_its_absence(tmp_path, word, fact):
    """无 means no here; on a criterion that counts it means that there is none."""
    assert read_tender(with_leaf(tmp_path, "facts", word)).facts[("B1", "certified")].value is fact


def test_a_rubric_level_called_none_is_a_level(tmp_path):
    more = 'value = { kind = "rubric", levels = { "无" = 0, "有" = 100, "yes" = 50 } }\n'
    assert read_tender(with_leaf(tmp_path, "facts", "无", more)).facts[("B1", "certified")].value == "无"


def test_none_where_the_policy_declares_nothing_is_a_finding(tmp_path):
    more = 'value = { kind = "rubric", levels = { a = 0, yes = 50 } }\n'
    assert errors(with_leaf(tmp_path, "facts", "none", more)) == {"requirements.value.absent"}


def test_members_may_answer_yes_or_no_on_a_yes_no_criterion(tmp_path):
    tender = read_tender(with_leaf(tmp_path, "marks", "否"))
    marks = tender.marks.set_index(["bid", "criterion", "evaluator"])["mark"]
    assert (marks["B1", "certified", "E1"], marks["B2", "certified", "E1"]) == (0.0, 1.0)


def test_members_may_not_answer_perhaps(tmp_path):
    assert errors(with_leaf(tmp_path, "marks", "perhaps")) == {"marks.mark.not_yes_no"}


def test_a_licence_without_expiry_is_valid_for_ever(tmp_path):
    tender = read_tender(mini(tmp_path, requirements=("2027-01-01", "长期有效")))
    assert tender.facts[("B1", "licence")].value == date.max


def test_ids_are_resolved_in_any_case_and_width_and_spelled_as_in_their_own_table(tmp_path):
    folder = mini(tmp_path, marks=("B1,plan,E1", "ｂ1,PLAN,e1"), requirements=("B1,references", "b1,References"))
    tender = read_tender(folder)
    assert set(tender.marks["bid"]) == {"B1", "B2", "B3"}
    assert tender.facts[("B1", "references")].value == Decimal(4)


def test_a_fact_of_a_gate_that_is_scored_elsewhere_is_named_so(tmp_path):
    found = check_tender(mini(tmp_path, requirements=("B3,references,none\n", "B3,references,none\nB3,price,5\n")))
    (finding,) = [f for f in found if f.severity == "error"]
    assert (finding.code, finding.rows) == ("requirements.requirement.not_from_here", (8,))
    assert finding.facts["source"] == "price"


def test_an_unreadable_fact_is_not_called_absent(tmp_path):
    assert errors(mini(tmp_path, requirements=("B1,references,4", "B1,references,four"))) == {
        "requirements.value.not_a_number"
    }


def test_lots_are_spelled_as_in_the_notice(tmp_path):
    lots = 'currency = "CNY"\n\n[[lots]]\nid = "A"\n'
    folder = mini(
        tmp_path, {"bids.csv": "bid,lot,name,received\nB1,ａ,x,2026-03-01T10:00Z\n"}, tender=('currency = "CNY"', lots)
    )
    tender, _ = load_tender(folder)
    assert tender.bids.loc["B1", "lot"] == "A"


def test_one_bidder_twice_in_the_only_lot_is_found_with_and_without_its_id(tmp_path):
    rows = ["bid,lot,bidder,name,received", "B1,1,K,x,{t}", "B2,,K,y,{t}", "B3,1,M,z,{t}", ""]
    bids = "\n".join(rows).format(t="2026-03-01T10:00Z")
    assert errors(mini(tmp_path, {"bids.csv": bids})) == {"bids.bidder.twice_in_lot"}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("K1; K2", ("K1", "K2")), ("K1；K2;", ("K1", "K2")), ("无", ()), ("none", ()), ("", ()), ("K1, K2", ("K1, K2",))],
)
def test_conflicts_are_separated_by_semicolons_and_none_is_no_conflict(cell, expected):
    assert conflicts_of({"conflict_with": cell}) == expected


def test_marks_refused_by_the_reader_are_not_called_missing_as_well(tmp_path):
    assert errors(mini(tmp_path, {"marks.csv": b"bid,criterion\xff\xfe"})) == {"files.encoding.not_recognised"}


FACTS = 'source = "facts"\nmaximum = 20\nwhen_missing = 0\nvalue = { kind = "linear", floor = 0, target = 10 }\n'


def past_scored(tmp_path, files):
    """The mini tender with past scores in place of its only scored fact; the gate stays."""
    return mini(tmp_path, files, policy=(FACTS, 'source = "past"\nwhen_missing = 60\n'))


def test_a_table_that_only_a_gate_asks_for_may_not_be_forgotten_but_may_be_empty_on_purpose(tmp_path):
    """Without requirements.csv every bid would be out as incomplete, and the result would bind."""
    past = {"past.csv": "bidder,period,score\n"}
    assert errors(past_scored(tmp_path / "gone", past | {"requirements.csv": None})) == {"requirements.missing_table"}
    found = check_tender(past_scored(tmp_path / "bare", past | {"requirements.csv": "bid,requirement,value\n"}))
    assert [f.severity for f in found if f.table == "requirements"] == ["warning"]


def test_a_forgotten_table_of_past_scores_is_found_and_an_empty_one_means_newcomers_only(tmp_path):
    """Without the file every bidder would get the newcomer's value, and nobody would notice."""
    facts = "bid,requirement,value\nB1,licence,2027-01-01\nB2,licence,2028-06-30\nB3,licence,2026-12-31\n"
    table = {"requirements.csv": facts}
    assert errors(past_scored(tmp_path / "gone", table)) == {"past.missing_table"}
    assert errors(past_scored(tmp_path / "bare", table | {"past.csv": "bidder,period,score\n"})) == set()
