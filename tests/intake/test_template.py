"""A tender to be filled in: nothing is written over, empty cells are told by row, and what is filled in evaluates."""

from __future__ import annotations

from pathlib import Path

import pytest

from filled_templates import BIDS, EVALUATORS, best, fill_folder, read_rows, write_rows
from supplier_eval.errors import InvalidInput
from supplier_eval.intake import read_tender, write_template
from supplier_eval.policy import Policy, profile_names
from supplier_eval.procedure import check_tender, evaluate

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "service-desk"


def written(folder, policy=None, **known):
    """A template of the company's default for ITO, unless another policy is given."""
    category = {"category": "ITO"} if policy is None else {}
    write_template(policy or Policy.default(), folder, **category | known)
    return folder


def errors(folder):
    return [(f.code, len(f.rows)) for f in check_tender(folder) if f.severity == "error"]


@pytest.mark.parametrize("name", profile_names())
def test_a_template_of_every_profile_evaluates_once_it_is_filled_in(name, tmp_path):
    policy = Policy.profile(name)
    folder = written(tmp_path / "T", policy, category=policy.categories[-1], bids=BIDS, evaluators=EVALUATORS)
    tender = read_tender(fill_folder(folder, best(policy)))
    ranking = evaluate(tender).ranking
    assert ranking.order == BIDS  # equal but for the price, which rises from A to C
    assert tender.policy.fingerprint == policy.fingerprint


def test_every_empty_cell_is_told_in_one_finding_a_table_and_none_is_taken_for_zero(tmp_path):
    folder = written(tmp_path / "T", bids=BIDS, evaluators=EVALUATORS)
    answer = best(Policy.default())
    marks = len(BIDS) * len(EVALUATORS) * 7
    assert ("marks.mark.blank", marks) in errors(folder)
    assert {("bids.name.blank", 3), ("bids.received.blank", 3), ("evaluators.name.blank", 5)} <= {*errors(folder)}
    (told,) = [f for f in check_tender(folder) if f.code == "requirements.value.blank"]
    assert told.rows == tuple(range(2, len(read_rows(folder / "requirements.csv")) + 2))
    assert "门槛视为未通过" in told.say("zh")
    fill_folder(folder, answer, without=("prices", "marks"))
    assert errors(folder) == [("marks.mark.blank", marks)]
    fill_folder(folder, answer, without=("prices",))
    assert errors(folder) == [("prices.amount.missing", 3)]
    with pytest.raises(InvalidInput, match="total of bid A, B, C holds no price"):
        evaluate(read_tender(folder))
    fill_folder(folder, answer)
    assert errors(folder) == []
    assert evaluate(read_tender(folder)).ranking.order == BIDS


def test_the_sample_copied_into_its_template_gives_the_same_totals(tmp_path):
    sample = read_tender(SAMPLE)
    folder = written(
        tmp_path / "T",
        sample.policy,
        bids=list(sample.bids.index),
        lots=sample.lots,
        evaluators=list(sample.evaluators),
    )
    keys = {
        "bids": ["bid"],
        "evaluators": ["evaluator"],
        "requirements": ["bid", "requirement"],
        "marks": ["bid", "criterion", "evaluator"],
    }
    for name, key in keys.items():
        given = {tuple(row[k] for k in key): row for row in read_rows(SAMPLE / f"{name}.csv")}
        rows = read_rows(folder / f"{name}.csv")
        assert {tuple(row[k] for k in key) for row in rows} >= set(given), "a row for every one of the sample's"
        filled = [row | given[at] for row in rows if (at := tuple(row[k] for k in key)) in given]
        write_rows(folder / f"{name}.csv", filled)
    for name in ("past", "prices", "rulings"):
        write_rows(folder / f"{name}.csv", read_rows(SAMPLE / f"{name}.csv"))
    notice = (SAMPLE / "tender.toml").read_text(encoding="utf-8")
    (folder / "tender.toml").write_text(notice, encoding="utf-8")
    one, other = evaluate(sample), evaluate(read_tender(folder))
    assert other.standing == one.standing == "binding"
    for lot in sample.lots:
        frames = [e.lots[lot].ranking.to_frame() for e in (one, other)]
        assert frames[0].equals(frames[1])


def test_the_notice_names_the_folder_the_policy_and_the_lots(tmp_path):
    folder = written(tmp_path / "Help desk 2026", bids=["A"], lots=["L1", "L2"], evaluators=["E1"])
    text = (folder / "tender.toml").read_text(encoding="utf-8")
    assert 'id = "Help-desk-2026"' in text
    assert Policy.default().fingerprint in text
    assert read_rows(folder / "bids.csv")[0]["lot"] == ""  # nobody guesses which
    assert ("bids.lot.missing", 1) in errors(folder)


def test_a_folder_that_holds_anything_is_left_alone(tmp_path):
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        written(tmp_path)
    assert [f.code for f in refused.value.findings] == ["template.folder.not_empty"]
    assert "不会被覆盖" in refused.value.report("zh")
    assert [file.name for file in tmp_path.iterdir()] == ["note.txt"]
    with pytest.raises(InvalidInput, match="is not empty"):
        written(tmp_path / "note.txt")
    assert (tmp_path / "note.txt").read_text(encoding="utf-8") == "mine"


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_written(tmp_path):
    known = {"bids": ["A", "a", "=1+1"], "evaluators": ["E1", "E1"], "category": "XXO"}
    with pytest.raises(InvalidInput) as refused:
        written(tmp_path / "T", **known)
    found = {(f.code, f.column, f.value) for f in refused.value.findings}
    assert found == {
        ("tender.category.unknown", "category", "XXO"),
        ("template.id.duplicate", "bids", "A"),
        ("template.id.duplicate", "bids", "a"),
        ("template.id.duplicate", "evaluators", "E1"),
        ("template.id.live", "bids", "=1+1"),
    }
    with pytest.raises(InvalidInput, match="differ by service category: ITO, BPO, KPO"):
        write_template(Policy.default(), tmp_path / "T")
    with pytest.raises(InvalidInput, match="lots"):
        written(tmp_path / "T", lots=["L 1"])
    assert not (tmp_path / "T").exists()


def test_with_nothing_known_there_are_headers_and_the_check_says_what_is_missing(tmp_path):
    folder = written(tmp_path / "T", Policy.profile("world-bank-qcbs"))
    assert sorted(file.name for file in folder.glob("*.csv")) == [
        *("bids.csv", "evaluators.csv", "marks.csv", "prices.csv", "rulings.csv")
    ]
    assert {("bids.empty", 0), ("marks.no_rows", 0), ("evaluators.no_rows", 0)} <= {*errors(folder)}
