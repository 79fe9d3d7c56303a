"""Terms of credits in a folder, paid by raw figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor_folders import CREDITS, copied, two_years
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.folder_credits import credits_of, read_credits


def written(tmp_path, text):
    (tmp_path / "credits.toml").write_text(text, encoding="utf-8")
    return tmp_path / "credits.toml"


def test_a_credit_is_a_percentage_of_the_fees_by_the_raw_share(tmp_path):
    results = two_years().results
    owed = credits_of(results, read_credits(written(tmp_path, CREDITS)), ["2025-08", "2025-10"])["S03"]
    share = results.row("S03", "resolution", "2025-10")["value"]
    assert share == pytest.approx(0.74)
    assert owed[1].credit == Decimal("18000.00")  # below 0.75: 10 % of 180,000
    assert owed[1].standing == "binding"
    assert set(owed[1].to_frame()["basis"]) == {"raw"}


def test_fees_of_one_period_may_differ(tmp_path):
    text = CREDITS.replace('fees = "180000.00"', 'fees = "180000.00"\nfees_of = { "2025-10" = "90000.00" }')
    owed = credits_of(two_years().results, read_credits(written(tmp_path, text)), ["2025-10"])["S03"]
    assert owed[0].credit == Decimal("9000.00")


def test_no_file_is_no_credit(tmp_path):
    assert read_credits(tmp_path / "credits.toml") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("terms = 3", "review.folder.credits"),
        ("[[terms]\n", "review.folder.credits"),
        ("[[term]]\n", "review.folder.credits"),
        (CREDITS.replace('fees = "180000.00"\n', ""), "review.folder.fees"),
        (CREDITS.replace("bound", "bond"), "credits.unknown_field"),
    ],
)
def test_what_is_no_clause_is_refused(tmp_path, text, code):
    with pytest.raises(InvalidInput) as refused:
        read_credits(written(tmp_path, text))
    assert code in {finding.code for finding in refused.value.findings}


def test_a_clause_of_a_stranger_is_refused(tmp_path):
    text = CREDITS.replace("S03", "S99")
    with pytest.raises(InvalidInput) as refused:
        credits_of(two_years().results, read_credits(written(tmp_path, text)), ["2025-10"])
    assert refused.value.findings[0].code == "review.folder.credit_supplier"


def test_the_page_s_folder_may_hold_them(tmp_path):
    assert (copied(tmp_path / "r", credits_toml=CREDITS) / "credits.toml").exists()


def test_a_clause_on_a_kpi_that_the_plan_does_not_have_is_refused_with_the_near_one(tmp_path):
    text = CREDITS.replace('kpi = "resolution"', 'kpi = "resolutoin"')
    with pytest.raises(InvalidInput) as refused:
        credits_of(two_years().results, read_credits(written(tmp_path, text)), ["2025-10"])
    (finding,) = refused.value.findings
    assert (finding.code, finding.value) == ("credits.kpi_unknown", "resolutoin")
    assert finding.facts["near"].startswith("resolution")
