from __future__ import annotations

from supplier_eval.report.head import policy_facts, tender_facts


def test_the_tender_is_shown_with_its_fingerprint(desk):
    facts = dict(tender_facts(desk, "en"))
    assert facts["Tender"] == "made-1"
    assert facts["Deadline"] == "5 March 2026, 17:00 (UTC+08:00)"
    assert facts["Bids"] == "6 (lots: 1)"
    assert facts["Fingerprint of the tender"] == desk.tender.fingerprint


def test_the_policy_is_shown_with_both_fingerprints(desk):
    facts = dict(policy_facts(desk, "en"))
    assert facts["Adopted"] == "by the board on 1 January 2026"
    assert facts["Fingerprint of the policy used"] == desk.policy_fingerprint
    assert facts["Fingerprint published"] == f"{desk.policy_fingerprint} (the same)"
    assert facts["Rounding (half up)"] == "marks to 2 decimals, criteria to 3 decimals, totals to 2 decimals"
    assert facts["Price formula"].startswith("lowest price over price (lowest_over_price): 100 · Pmin / P")


def test_a_policy_of_nobody_says_so(proposal):
    assert dict(policy_facts(proposal, "en"))["Adopted"] == "by nobody yet"
    assert dict(policy_facts(proposal, "zh"))["批准采用"] == "尚无人批准"
