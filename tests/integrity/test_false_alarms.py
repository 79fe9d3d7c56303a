"""P-values adjusted for their number, against scipy and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from supplier_eval.errors import InvalidInput
from supplier_eval.integrity.false_alarms import adjust_p_values


@settings(deadline=None, max_examples=100)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.sampled_from(["bh", "by"]))
def test_both_methods_agree_with_scipy(p, method):
    np.testing.assert_allclose(
        adjust_p_values(p, method), false_discovery_control(p, method=method), rtol=1e-12, atol=1e-300
    )


def test_benjamini_hochberg_1995_example():
    """Their section 3.2: fifteen p-values, of which the four smallest are rejected at 5 %."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.324,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1,
    ]
    assert (adjust_p_values(p) <= 0.05).sum() == 4


def test_what_is_not_defined_counts_for_nothing():
    assert adjust_p_values([0.01, np.nan, 0.04]).tolist()[::2] == [0.02, 0.04]
    assert np.isnan(adjust_p_values([0.01, np.nan, 0.04])[1])
    assert np.isnan(adjust_p_values([np.nan])).all()
    assert len(adjust_p_values([])) == 0


def test_the_order_of_the_tests_does_not_matter():
    p = np.random.default_rng(0).uniform(size=50)
    order = np.random.default_rng(1).permutation(50)
    assert adjust_p_values(p[order]).tobytes() == adjust_p_values(p)[order].tobytes()


@pytest.mark.parametrize(("p", "method"), [([1.2], "bh"), ([-0.1], "bh"), ([0.5], "bonferroni"), ([[0.1]], "bh")])
def test_what_is_no_p_value_is_refused(p, method):
    with pytest.raises(ValueError, match=r"p-value|method"):
        adjust_p_values(p, method)


@pytest.mark.parametrize("p", ["x", [[0.1]], [2.0, 0.1, -1.0], None, ["a"]])
def test_what_is_no_row_of_p_values_is_refused_with_the_method_at_once(p):
    with pytest.raises(InvalidInput) as refused:
        adjust_p_values(p, "holm")
    codes = [finding.code for finding in refused.value.findings]
    assert len(codes) == 2
    assert codes[1] == "false_alarms.method"
    assert all(finding.line(lang) for finding in refused.value.findings for lang in ("en", "zh"))
