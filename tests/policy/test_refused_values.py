"""Why a value was refused is said in both languages, whoever refused it."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel, Field, ValidationError, field_validator

from supplier_eval.errors import InvalidInput
from supplier_eval.planning import PlanningPlan
from supplier_eval.policy import Policy
from supplier_eval.policy.refused_values import refusal, why_refused


class Asked(BaseModel):
    share: float = Field(gt=0)
    kind: str = Field(min_length=1)
    own: int = 0

    @field_validator("own")
    @classmethod
    def _own(cls, value: int) -> int:
        if value > 3:
            raise refusal("share_step", step=value)
        if value > 2:
            raise ValueError("of nobody's words")
        return value


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        ({"share": 0, "kind": "a"}, "it must be above 0.0", "须大于 0.0"),
        ({"share": 1, "kind": ""}, "it is empty", "内容为空"),
        (
            {"share": 1, "kind": "a", "own": 4},
            "share_step = 4 does not divide a whole lot; state 0.01 for",
            "share_step = 4",
        ),
        ({"share": 1, "kind": "a", "own": 3}, "of nobody's words", "of nobody's words"),
    ],
)
def test_a_complaint_has_both_languages_where_there_are_words(given, english, chinese):
    with pytest.raises(ValidationError) as refused:
        Asked.model_validate(given)
    (error,) = refused.value.errors()
    why = why_refused(error)
    assert why["why_en"].startswith(english) and why["why_zh"].startswith(chinese)


def test_a_refused_policy_and_a_refused_plan_are_wholly_chinese():
    criterion = {
        "id": "price",
        "name": "p",
        "weight": 100,
        "source": "marks",
        "when_missing": 3,
        "direction": "sideways",
    }
    for read, data in (
        (Policy.from_mapping, {"criteria": [criterion], "panel": {"aggregation": "loudest"}}),
        (PlanningPlan.of, {"currency": "CNY", "term_months": -3, "discuont_rate": 1}),
    ):
        with pytest.raises(InvalidInput) as refused:
            read(data)
        for finding in refused.value.findings:
            said = re.sub(r"`[^`]*`|'[^']*'|[（(][^）)]*[）)]", "", finding.say("zh"))
            assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{2,}", said), said
