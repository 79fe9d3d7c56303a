"""The same work on a Dask cluster, and a worker that is killed on the way."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from batch_folders import POLICY, contents, market
from made_batches import made_batch
from supplier_eval.batch import dask as door
from supplier_eval.batch import score_dataset
from supplier_eval.errors import InvalidInput, MissingExtra


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    frame = market(60, 1, "x{}")
    frame.loc[frame.index[::90], "quality"] = 300.0
    frame.to_parquet(folder / "long.parquet", index=False, row_group_size=60)
    market(40, 2).to_parquet(folder / "proven.parquet", index=False, row_group_size=70)
    market(20, 3, "c{}").to_csv(folder / "c.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def cluster():
    from dask.distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as made:
        yield made


def test_a_cluster_that_loses_a_worker_writes_what_one_process_writes(source, tmp_path, cluster):
    local = score_dataset(source, tmp_path / "local", POLICY, keep_going=True)
    killed = []

    def kill(said):
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    address = cluster.scheduler_address
    given = {"engine": "dask", "address": address, "keep_going": True, "batch_rows": 6, "progress": kill}
    summary = score_dataset(source, tmp_path / "dask", POLICY, **given)
    assert killed
    assert contents(tmp_path / "dask") == contents(tmp_path / "local")
    assert summary.counts == local.counts
    assert summary.engine == "dask"


def test_random_policies_give_the_same_bytes_on_a_cluster(tmp_path, cluster):
    for seed in range(3):
        made = made_batch(seed, 12)
        rows = made.frame.sort_values("tender", kind="stable", ignore_index=True)
        source = tmp_path / f"{seed}.parquet"
        rows.to_parquet(source, row_group_size=10, index=False)
        local, dask = tmp_path / f"local{seed}", tmp_path / f"dask{seed}"
        score_dataset(source, local, made.policy)
        address = cluster.scheduler_address
        score_dataset(source, dask, made.policy, engine="dask", address=address, batch_rows=1)
        assert contents(dask) == contents(local)


def test_a_tender_that_comes_back_is_an_error_on_a_cluster_too(source, tmp_path, cluster):
    market(1, ids="X3").to_csv(source / "again.csv", index=False)
    with pytest.raises(InvalidInput, match="comes back"):
        score_dataset(
            source, tmp_path / "out", POLICY, engine="dask", address=cluster.scheduler_address, keep_going=True
        )


def test_a_cluster_of_its_own_is_started_and_leaves_no_setting_behind(source, tmp_path, monkeypatch):
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "7")
    before = dict(os.environ)
    score_dataset(source / "c.csv", tmp_path / "out", POLICY, engine="dask")
    assert dict(os.environ) == before
    assert (tmp_path / "out" / "c.csv").exists()


def test_without_dask_the_command_that_installs_it_is_named(source, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "dask", None)
    monkeypatch.setitem(sys.modules, "dask.distributed", None)
    with pytest.raises(MissingExtra, match=r"pip install 'supplier-eval\[dask\]'"):
        score_dataset(source, tmp_path / "out", POLICY, engine="dask")
    with pytest.raises(MissingExtra):
        next(door.on_dask([], None, None))


def test_a_scheduler_that_does_not_answer_is_named_and_nothing_is_said_against_the_target(source, tmp_path):
    from dask import config

    with config.set({"distributed.comm.timeouts.connect": "100ms"}):
        for address in ("tcp://127.0.0.1:1", "nonsense://x"):
            with pytest.raises(InvalidInput, match="no Dask scheduler") as refused:
                score_dataset(source, tmp_path / "out", POLICY, engine="dask", address=address)
            assert refused.value.findings[0].value == address
