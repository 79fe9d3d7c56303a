"""Every wrong value is told with its own rows; only beyond ten of a kind are the others counted."""

from __future__ import annotations

from supplier_eval.intake.gathered import MOST_VALUES, Gathered, near_facts
from supplier_eval.messages import Names
from supplier_eval.procedure import check_tender
from tender_folder import mini


def test_findings_come_in_the_order_in_which_they_were_met_one_for_each_value():
    gathered = Gathered("marks")
    gathered.add("marks.b.unknown", "b", 5, "late", known="x", near="x", where="y")
    gathered.add("marks.a.blank", "a", 3)
    gathered.add("marks.b.unknown", "b", 2, "early")
    gathered.add("marks.b.unknown", "b", 1, "late", known="x", near="x", where="y")
    told = [(f.column, f.rows, f.value) for f in gathered.findings()]
    assert told == [("b", (5, 1), "late"), ("b", (2,), "early"), ("a", (3,), "")]


def test_beyond_ten_values_the_others_are_counted_named_and_keep_their_rows():
    gathered = Gathered("marks")
    for at in range(14):
        gathered.add("marks.bid.unknown", "bid", 20 - at, f"X{at}")
    *told, rest = gathered.findings()
    assert [f.value for f in told] == [f"X{at}" for at in range(MOST_VALUES)]
    assert (rest.code, rest.rows, rest.facts["n"]) == ("marks.more_values", (7, 8, 9, 10), 4)
    assert rest.message == "4 further values are wrong in the same way (marks.bid.unknown): X10, X11, X12, X13."
    assert "X10、X11、X12、X13" in rest.say("zh")


def test_one_figure_off_two_scales_is_two_findings():
    gathered = Gathered("marks")
    for row, criterion in ((6, "management"), (10, "team"), (11, "team")):
        gathered.add("marks.mark.out_of_range", "mark", row, "105", criterion=criterion, minimum="0", maximum="100")
    assert [(f.facts["criterion"], f.rows) for f in gathered.findings()] == [("management", (6,)), ("team", (10, 11))]


def test_all_wrong_marks_of_a_folder_are_told_not_only_the_first(tmp_path):
    folder = mini(tmp_path, marks=("B1,plan,E1,80", "B1,plan,E1,105"))
    marks = folder / "marks.csv"
    marks.write_text(marks.read_text(encoding="utf-8").replace("B2,plan,E1,", "B2,plan,E1,-"), encoding="utf-8")
    found = [f for f in check_tender(folder) if f.code == "marks.mark.out_of_range"]
    assert len(found) == 2 and found[0].value == "105" and found[1].value.startswith("-")
    assert not set(found[0].rows) & set(found[1].rows)


def test_known_names_are_listed_whole_and_the_nearest_is_one_name_or_none():
    known = {f"criterion_{at:02d}": f"Criterion_{at:02d}" for at in range(15)}
    facts = near_facts("criterion_003", known)
    assert isinstance(facts["known"], Names) and str(facts["known"]).endswith("Criterion_14")
    assert facts["near"] == "Criterion_03"
    assert near_facts("营业执照", known)["near"] == "–"
