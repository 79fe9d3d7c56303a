"""What decides whether a batch binds, gathered over files."""

from __future__ import annotations

from dataclasses import asdict

from batch_folders import POLICY, market
from supplier_eval.batch import compile_plan, score_frame, score_rows
from supplier_eval.batch.cases import Cases, standing_of


def test_cases_of_files_are_gathered():
    one, two = Cases(2, ("b",), "2026-05-01"), Cases(1, ("a", "b"), "2026-04-01")
    assert one + two == Cases(3, ("a", "b"), "2026-04-01")
    assert Cases.of(asdict(one)) == one


def test_files_stand_as_the_whole_table_stands():
    plan = compile_plan(POLICY)
    frame = market(30)
    half = frame.index[frame.tender == "T00015"][0]
    parts = [Cases.seen_in(score_rows(part, plan).result) for part in (frame[:half], frame[half:])]
    for published in ("", POLICY.fingerprint, "sha256:other"):
        whole = score_frame(frame, POLICY, published=published).attrs
        standing, reasons = standing_of(plan, published, parts, "en")
        assert (standing, list(reasons)) == (whole["standing"], whole["standing_reasons"])
    assert standing_of(plan, POLICY.fingerprint, parts, "en") == ("binding", ())
    assert standing_of(plan, POLICY.fingerprint, [Cases(1, ("price.abnormal.x",), "")], "en")[0] == "exploratory"
