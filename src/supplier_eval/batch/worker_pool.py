"""Inputs scored side by side in processes of their own, each input by one; nobody outlives the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from typing import Any

from supplier_eval.batch.dataset_file import Job, Sealed, Tell, score_file
from supplier_eval.batch.dataset_sources import InputFile
from supplier_eval.batch.returning import TenderReturns
from supplier_eval.errors import Finding, InvalidInput

POLL_SECONDS = 0.2
_OURS: dict[str, Any] = {}


@dataclass(frozen=True)
class Refused:
    """An input that could not be read, in a run that goes on."""

    file: str
    findings: tuple[Finding, ...]


class StoppedError(Exception):
    """The run is over; what a worker is still doing is of no use."""


def attempt(file: InputFile, job: Job, tell: Tell) -> Sealed | Refused:
    """Score one input; where the job keeps going, a file that cannot be read is an answer.

    Raises
    ------
    InvalidInput
        Where it does not keep going, and `TenderReturns` always.
    """
    try:
        return score_file(file, job, tell)
    except TenderReturns:
        raise
    except InvalidInput as refused:
        if not job.keep_going:
            raise
        return Refused(file.name, refused.findings)


def one_by_one(files: Sequence[InputFile], job: Job, tell: Tell) -> Iterator[Sealed | Refused]:
    """Score inputs one after the other in this process."""
    for file in files:
        yield attempt(file, job, tell)


def side_by_side(files: Sequence[InputFile], job: Job, tell: Tell, workers: int) -> Iterator[Sealed | Refused]:
    """Score inputs in `workers` processes, the largest first; they come back as they are finished.

    Raises
    ------
    InvalidInput
        As `attempt`; also where a process ended by itself.
    """
    context = multiprocessing.get_context("spawn")
    told, stop = context.SimpleQueue(), context.Event()
    pool = ProcessPoolExecutor(min(workers, len(files)), context, _begin, (told, stop))
    by_size = sorted(files, key=lambda file: (-file.path.stat().st_size, file.name))
    try:
        with _ctrl_c_held():  # workers start here, and Ctrl-C is the parent's to answer
            waiting: set[Future[Sealed | Refused]] = {pool.submit(_in_worker, file, job) for file in by_size}
        while waiting:
            done, waiting = wait(waiting, POLL_SECONDS, FIRST_COMPLETED)
            while not told.empty():
                tell(*told.get())
            for future in done:
                yield future.result()
    except BrokenProcessPool as broken:
        raise InvalidInput([Finding("batch.worker.died", "workers", value=str(broken))], "workers") from None
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _ctrl_c_held() -> Iterator[None]:
    """Hold SIGINT back; processes that start meanwhile never hear it, this one hears it afterwards."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(told: Any, stop: Any) -> None:  # noqa: ANN401 - a queue and an event of multiprocessing
    """Begin a worker: leave Ctrl-C to the parent, and end when the parent ends, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _OURS.update(told=told, stop=stop, next=0.0)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _in_worker(file: InputFile, job: Job) -> Sealed | Refused:
    def tell(name: str, rows: int, share: float) -> None:
        if _OURS["stop"].is_set():
            raise StoppedError
        now = time.monotonic()
        if now >= _OURS["next"] or share >= 1.0:
            _OURS["next"] = now + POLL_SECONDS
            _OURS["told"].put((name, rows, share))

    return attempt(file, job, tell)
