"""A batch binds only under the published, adopted policy, with no case open."""

from __future__ import annotations

from datetime import date

import pandas as pd

from strategies import policy_mapping
from supplier_eval.batch import compile_plan, score_rows
from supplier_eval.batch.batch_standing import batch_standing
from supplier_eval.policy import Policy


def standing(published: str | None = None, offer: float = 100.0, **rules: object):
    policy = Policy.from_mapping(policy_mapping(**rules))
    plan = compile_plan(policy)
    frame = pd.DataFrame({"tender": ["T", "T"], "bid": ["A", "B"], "price": [100.0, offer]})
    frame[["quality", "capability", "emergency"]] = 50.0
    moment = pd.Timestamp("2026-06-01", tz="UTC")
    frame = frame.assign(deadline=moment, received=moment)
    said = policy.fingerprint if published is None else published
    return batch_standing(plan, said, score_rows(frame, plan).result)


def test_the_published_policy_without_open_cases_binds():
    assert standing() == ("binding", [])


def test_every_reason_is_given():
    assert standing("")[1] == ["The notice published no fingerprint of the policy."]
    assert standing("sha256:other")[0] == "exploratory"
    assert standing(adoption=None)[1] == ["Nobody has adopted the policy."]
    late = standing(adoption={"by": "the board", "on": date(2026, 7, 1)})[1]
    assert late == ["The policy was adopted on 1 July 2026, after the tender was published (1 June 2026)."]


def test_an_abnormal_price_holds_the_batch():
    line = {"abnormal": [{"kind": "below_share_of_mean", "limit": "0.5"}]}
    verdict, reasons = standing(offer=1.0, price=line)
    assert verdict == "exploratory"
    assert reasons == ["Open cases: 1 (price.abnormal.below_share_of_mean)."]
