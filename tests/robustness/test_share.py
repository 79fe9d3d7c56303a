"""Shares with their standard errors, by hand."""

from __future__ import annotations

import pytest

from supplier_eval.robustness.share import Share, share_of


def test_a_share_has_the_binomial_error():
    assert share_of(25, 100) == Share(0.25, pytest.approx(0.25**0.5 * 0.75**0.5 / 10), 100)


def test_at_the_ends_the_error_is_one_case_and_without_cases_it_is_one():
    assert share_of(0, 50) == Share(0.0, 0.02, 50)
    assert share_of(50, 50) == Share(1.0, 0.02, 50)
    assert share_of(0, 0) == Share(0.0, 1.0, 0)
