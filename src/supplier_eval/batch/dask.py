"""The door for Dask: the same work on a cluster, tender by tender whole, with the bytes that one machine would write.

Each input is one task. A Parquet file that is long and has several row groups is scored in parts, which are put
together in their order. That no part cuts a tender is proven by the statistics of the tender column; where they do not
prove it, the rows of a tender that a border cuts move to the part in which it begins. Afterwards the tenders of all
parts are counted: as many must be different as there are.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from supplier_eval.batch.dataset_file import Job, Sealed, Tell
from supplier_eval.batch.dataset_kernel import tender_column
from supplier_eval.batch.dataset_parts import border_of, partings, put_together, quiet, score_part
from supplier_eval.batch.dataset_sources import InputFile
from supplier_eval.batch.dataset_stream import Stream, Window, open_stream
from supplier_eval.batch.worker_pool import Refused, attempt
from supplier_eval.errors import Finding, InvalidInput, MissingExtra
from supplier_eval.intake.raw_table import FileRefusedError

MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(256 << 20), "MALLOC_MMAP_THRESHOLD_": str(32 << 20)}


def on_dask(
    files: Sequence[InputFile], job: Job, tell: Tell, *, workers: int = 1, address: str | None = None
) -> Iterator[Sealed | Refused]:
    """Score inputs on a cluster; they come back as they are finished.

    Parameters
    ----------
    files : sequence of InputFile
        On a file system that every worker sees under the same path, as the target.
    job : Job
        What is done with them.
    tell : callable
        Not used: a cluster tells when a file is finished.
    workers : int
        Processes of the cluster that is started where no address is given, each with one thread.
    address : str, optional
        Scheduler, such as ``tcp://host:8786``.

    Raises
    ------
    MissingExtra
        If Dask is not installed.
    InvalidInput
        If no scheduler answers; else as `attempt`. A worker that is lost is no error: the scheduler gives its tasks
        to another.
    """
    dask = _dask()
    with ExitStack() as stack:
        if address is None:
            with _memory_kept():
                made = dask.LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=":0",
                    silence_logs=logging.CRITICAL,  # what a task refuses comes back as what it is
                )
            client = stack.enter_context(dask.Client(stack.enter_context(made)))
        else:
            client = stack.enter_context(_reached(dask, address))
        answers = [_submit(client, file, job) for file in files]
        for future in dask.as_completed(answers):
            yield future.result()


def _reached(dask: Any, address: str) -> Any:  # noqa: ANN401 - a client
    """A client of a scheduler; one that is not there is a finding, and no fault of the target."""
    try:
        return dask.Client(address)
    except (OSError, ValueError, TypeError) as error:
        finding = Finding("batch.option.no_scheduler", "arguments", "address", value=address, facts={"why": str(error)})
        raise InvalidInput([finding], "arguments") from None


@contextmanager
def _memory_kept() -> Iterator[None]:
    """Let workers that start meanwhile keep the memory of freed arrays for the next block.

    Dask has them hand it back at once, and every block then pays for fresh pages. What the user set stays.
    """
    ours = {name: value for name, value in MEMORY.items() if name not in os.environ}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name in ours:
            os.environ.pop(name, None)


def _dask() -> Any:  # noqa: ANN401 - it has no types
    try:
        from dask import distributed
    except ImportError:
        raise MissingExtra("dask", "dask") from None
    return distributed


def _submit(client: Any, file: InputFile, job: Job) -> Any:  # noqa: ANN401 - a client, a future
    """One input: as one task, or in parts where it is long."""
    parted = _parts(client, file, job)
    if parted is None:
        return client.submit(attempt, file, job, quiet, pure=False)
    stream, parts = parted
    scored = [client.submit(score_part, replace(stream, window=window), job, pure=False) for window in parts]
    return client.submit(put_together, stream, job, scored, pure=False)


def _parts(client: Any, file: InputFile, job: Job) -> tuple[Stream, tuple[Window, ...]] | None:  # noqa: ANN401
    """The parts of a long Parquet file; None for a file that is one task, or whose task will say what is wrong."""
    try:
        stream = open_stream(file) if file.kind == "parquet" else None
        tender = "" if stream is None else tender_column(job, stream.columns)
    except (FileRefusedError, InvalidInput):
        return None
    if stream is None:
        return None
    parting = partings(stream, tender, 16 * job.batch_rows)
    if len(parting.windows) < 2:
        return None
    if parting.proven:
        return stream, parting.windows
    borders = client.gather([client.submit(border_of, stream, tender, w, pure=False) for w in parting.windows])
    return stream, parting.moved(borders)
