"""The sample store as it stood before there was a result."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry_sample import DESK, SampleStore
from supplier_eval.evaluation import Evaluation
from supplier_eval.intake.assemble import read_tender
from supplier_eval.procedure import evaluate


@pytest.fixture(scope="session")
def evaluation() -> Evaluation:
    return evaluate(read_tender(DESK))


@pytest.fixture
def opened(tmp_path) -> Iterator[SampleStore]:
    """Marks locked, prices open, nothing scored in the store."""
    store = SampleStore(tmp_path, "tender")
    yield store
    store.registry.close()


@pytest.fixture
def scored(tmp_path) -> Iterator[SampleStore]:
    """Results approved; nothing published."""
    store = SampleStore(tmp_path, "result")
    yield store
    store.registry.close()


@pytest.fixture
def awarded(tmp_path) -> Iterator[SampleStore]:
    """Three lots awarded, one of them for the second time."""
    store = SampleStore(tmp_path, "award")
    yield store
    store.registry.close()
