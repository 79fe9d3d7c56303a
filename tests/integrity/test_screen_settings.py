"""Settings: defaults, a mapping of some, and everything wrong at once."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.integrity.screen_settings import ScreenSettings, read_settings


def test_a_mapping_changes_some_and_leaves_the_rest():
    assert read_settings({"cv": 0.03, "adjustment": "by"}) == ScreenSettings(cv=0.03, adjustment="by")
    assert read_settings(None) == read_settings({}) == read_settings(ScreenSettings()) == ScreenSettings()


def test_everything_wrong_is_said_at_once_in_both_languages():
    wrong = {"cw": 1, "q": 0, "near": -1, "steps": 2.5, "adjustment": "bonferroni", "minutes": "5", "cv": True}
    with pytest.raises(InvalidInput) as refused:
        read_settings(wrong)
    found = refused.value.findings
    assert {finding.column for finding in found} == set(wrong)
    assert next(f for f in found if f.column == "cw").facts["near"] == "cv"
    assert all(finding.line("en") and finding.line("zh") for finding in found)


def test_settings_cannot_be_made_wrong():
    with pytest.raises(InvalidInput):
        ScreenSettings(steps=1)
    with pytest.raises(InvalidInput):
        ScreenSettings(cv=float("nan"))


@pytest.mark.parametrize("given", ["cv", 3, [("cv", 1)]])
def test_what_is_no_mapping_is_refused(given):
    with pytest.raises(InvalidInput):
        read_settings(given)


def test_numbers_of_numpy_are_numbers():
    given = read_settings({"steps": np.int64(4), "cv": np.float32(0.25)})
    assert given == ScreenSettings(steps=4, cv=0.25)
    assert type(given.steps) is int


def test_a_number_too_large_for_a_figure_is_refused_in_words():
    with pytest.raises(InvalidInput) as refused:
        read_settings({"q": 10**400, "minutes": float("inf")})
    assert [finding.column for finding in refused.value.findings] == ["q", "minutes"]
