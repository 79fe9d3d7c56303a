"""Files of bids of any size, scored into a folder: resumable, in bounded memory, the same bytes by any engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, cast

from supplier_eval.batch.cases import Cases, standing_of
from supplier_eval.batch.columns import ROBUST
from supplier_eval.batch.counts import total
from supplier_eval.batch.dataset_file import Job, Sealed, Tell
from supplier_eval.batch.dataset_kernel import options_of, tender_column
from supplier_eval.batch.dataset_sources import InputFile, Inputs, Kind, find_inputs
from supplier_eval.batch.manifest import Entry, Manifest
from supplier_eval.batch.plan import compile_plan
from supplier_eval.batch.summary import BatchSummary, FileSummary
from supplier_eval.batch.target_lock import held
from supplier_eval.batch.target_state import Published, clear, prepare
from supplier_eval.batch.worker_pool import Refused, one_by_one, side_by_side
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import LANGS, Lang
from supplier_eval.policy.document import Policy
from supplier_eval.rank.asked import (
    asked_names,
    asked_path,
    asked_policy,
    asked_text,
    asked_together,
    asked_whole,
    asked_yes_no,
)

ENGINES = ("local", "dask")
BATCH_ROWS = 65_536


@dataclass(frozen=True)
class BatchProgress:
    """How far a batch is.

    Parameters
    ----------
    files, files_done : int
        Inputs, and those that are finished or refused.
    rows : int
        Bids read in this run.
    share : float
        Share of the bytes of all inputs that is done, 0-1; what an earlier run finished counts as done.
    file : str
        The input that was heard of last.
    """

    files: int
    files_done: int
    rows: int
    share: float
    file: str


def score_dataset(  # noqa: PLR0913 - one call with everything that a batch may be told; all but three by name
    source: str | Path,
    target: str | Path,
    policy: Policy,
    *,
    engine: Literal["local", "dask"] = "local",
    resume: bool = True,
    keep_going: bool = False,
    workers: int = 1,
    batch_rows: int = BATCH_ROWS,
    columns: Mapping[str, Any] | None = None,
    category: str = "",
    robustness: Sequence[str] = (),
    draws: int = 4096,
    seed: int = 0,
    published: str = "",
    to: Kind | None = None,
    progress: Callable[[BatchProgress], None] | None = None,
    address: str | None = None,
    lang: Lang = "en",
) -> BatchSummary:
    """Score files of bids into a folder, one file of results for each input.

    Parameters
    ----------
    source : str or Path
        CSV or Parquet: a file, a folder with everything below it, or a pattern; larger than memory if need be. All
        bids of a tender stand below each other in one file.
    target : str or Path
        Folder of the results (made if it is not there): each input under its own name, rejected bids under
        ``_rejects``, the record in ``_manifest.jsonl``.
    policy : Policy
        Any policy whose criteria come as columns.
    engine : {"local", "dask"}
        Who does the work; the bytes of the results are the same.
    resume : bool
        Keep what an earlier run finished in this folder, after verifying it; False removes it and begins anew.
    keep_going : bool
        Put bad rows aside, with the tenders that they belong to, and go on; otherwise the first of them stop the run.
    workers : int
        Processes; each input is scored by one.
    batch_rows : int
        Bids held at once, about; it changes no byte.
    columns, category, robustness, draws, seed, published
        As for `score_frame`.
    to : {"csv", "parquet"}, optional
        Format of the results; None follows each input.
    progress : callable, optional
        Told a `BatchProgress` now and then.
    address : str, optional
        Scheduler of engine dask; None starts a cluster on this machine for the run.
    lang : {"en", "zh"}
        Language of sentences in the results.

    Returns
    -------
    BatchSummary
        Bids and tenders by file; scored and rejected add up to what was read.

    Raises
    ------
    InvalidInput
        With every finding: options, source, target, bad rows (unless `keep_going`), a tender that comes back
        (always). What was finished before stays; the next run goes on from there.
    UnknownName
        If the service category is none of the policy's.
    MissingExtra
        If dask is asked for and not installed.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> policy = se.Policy.load("data/samples/market/policy.toml")
    >>> with TemporaryDirectory() as folder:
    ...     summary = se.batch.score_dataset("data/samples/market/bids.csv", folder, policy)
    >>> summary
    BatchSummary(1 files: 5388 of 5388 bids scored, 0 files refused, exploratory)
    """
    _asked(source, target, policy, engine, to, address, lang, progress)
    asked_together(
        lambda: asked_yes_no(resume, "resume"),
        lambda: asked_yes_no(keep_going, "keep_going"),
        lambda: asked_whole(workers, "workers", 1),
        lambda: asked_whole(batch_rows, "batch_rows", 1),
        lambda: asked_whole(draws, "draws", 1),
        lambda: asked_whole(seed, "seed"),
        lambda: asked_text(published, "published"),
    )
    robust = _robust(robustness)
    plan = compile_plan(policy, category=category, columns=columns)
    if not {"acceptability", "expected_rank"}.isdisjoint(robust):
        from supplier_eval.batch.robust_columns import draw_policy_weights

        draw_policy_weights(plan, draws, seed)  # says what is wrong with the draws before anything is written
    folder = Path(target)
    job = Job(policy, category, columns, robust, draws, seed, folder, keep_going, batch_rows, lang)
    options = options_of(job, to)
    inputs = find_inputs(source, folder, to)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with held(folder):
            head = {"policy": policy.fingerprint, "version": version("supplier-eval"), "options": options}
            run = _Run(inputs, job, prepare(folder, head, inputs.files, resume=resume), progress)
            try:
                files, cases = run.go(_engine(engine, workers, address))
            finally:
                clear(folder)
        standing, reasons = standing_of(plan, published, cases, lang)
        made = version("supplier-eval")
        return BatchSummary(files, folder, policy.fingerprint, made, engine, standing, reasons, inputs.warnings)
    except OSError as error:
        facts = {"reason": error.strerror or str(error)}
        raise InvalidInput([Finding("batch.target.unwritable", "target", value=str(folder), facts=facts)]) from None


Engine = Callable[[list[InputFile], Job, Tell], Iterator[Sealed | Refused]]


def _engine(engine: str, workers: int, address: str | None) -> Engine:
    if engine == "dask":
        from supplier_eval.batch.dask import on_dask

        return lambda files, job, tell: on_dask(files, job, tell, workers=workers, address=address)
    if workers == 1:
        return one_by_one
    return lambda files, job, tell: side_by_side(files, job, tell, workers)


class _Run:
    """One run over what is left to do."""

    def __init__(
        self, inputs: Inputs, job: Job, manifest: Manifest, progress: Callable[[BatchProgress], None] | None
    ) -> None:
        self.inputs, self.job, self.manifest, self.progress = inputs, job, manifest, progress
        self.kept = frozenset(manifest.entries)
        self.refused: dict[str, Refused] = {}
        self.sizes = {file.name: file.path.stat().st_size for file in inputs.files}
        self.total = sum(self.sizes.values())
        self.done = float(sum(self.sizes[name] for name in self.kept))
        self.rows = 0
        self.heard: dict[str, tuple[int, float]] = {}

    def go(self, engine: Engine) -> tuple[tuple[FileSummary, ...], list[Cases]]:
        """Score what is not there yet, and sum up."""
        published = Published(self.manifest, self.inputs.files, lambda columns: tender_column(self.job, columns))
        todo = [file for file in self.inputs.files if file.name not in self.kept]
        if todo:
            with closing(cast("Any", engine(todo, self.job, self._tell))) as answers:
                for answer in answers:
                    if isinstance(answer, Refused):
                        self.refused[answer.file] = answer
                        self._tell(answer.file, 0, 1.0)
                    else:
                        published.add(answer)
                        self._tell(answer.entry.file, answer.entry.counts.rows, 1.0)
        if not self.refused:
            self.manifest.finish(total(entry.counts for entry in self.manifest.entries.values()))
        cases = [entry.cases for entry in self.manifest.entries.values()]
        return tuple(self._file(file) for file in self.inputs.files), cases

    def _file(self, file: InputFile) -> FileSummary:
        if file.name in self.refused:
            return FileSummary(file.name, "refused", findings=self.refused[file.name].findings)
        entry: Entry = self.manifest.entries[file.name]
        rejects = entry.written["rejects"].name if "rejects" in entry.written else ""
        state: Literal["kept", "scored"] = "kept" if file.name in self.kept else "scored"
        return FileSummary(file.name, state, entry.counts, entry.written["output"].name, rejects)

    def _tell(self, name: str, rows: int, share: float) -> None:
        before = self.heard.get(name, (0, 0.0))
        self.heard[name] = (rows, share)
        self.rows += rows - before[0]
        self.done += self.sizes[name] * (share - before[1])
        if self.progress is not None:
            finished = len(self.manifest.entries) + len(self.refused)
            whole = self.done / max(1, self.total)
            self.progress(BatchProgress(len(self.inputs.files), finished, self.rows, min(1.0, whole), name))


def _robust(asked: Sequence[str]) -> tuple[str, ...]:
    """Robustness columns in their own order; a name that is none is refused."""
    names = asked_names(asked, "robustness")
    facts = {"known": ", ".join(ROBUST)}
    strange = [repr(name) for name in names if name not in ROBUST]
    if strange:
        code = "batch.robustness.unknown"
        raise InvalidInput(
            [Finding(code, "arguments", "robustness", value=n, facts=facts) for n in strange], "arguments"
        )
    return tuple(name for name in ROBUST if name in names)


def _asked(*given: Any) -> None:  # noqa: ANN401 - whatever was given
    """Refuse arguments of the wrong kind, all at once."""
    source, target, policy, engine, to, address, lang, progress = given
    found: list[Finding] = []
    try:
        asked_together(
            lambda: asked_path(source, "source"),
            lambda: asked_path(target, "target"),
            lambda: asked_policy(policy),
            lambda: address is None or asked_text(address, "address"),
        )
    except InvalidInput as refused:
        found += refused.findings
    if engine not in ENGINES:
        found.append(Finding("batch.option.engine", "arguments", "engine", value=str(engine)))
    if to not in {None, "csv", "parquet"}:
        found.append(Finding("batch.option.to", "arguments", "to", value=str(to)))
    if lang not in LANGS:
        found.append(Finding("batch.option.lang", "arguments", "lang", value=str(lang)))
    if progress is not None and not callable(progress):
        found.append(Finding("batch.option.progress", "arguments", "progress", value=type(progress).__name__))
    if address is not None and engine != "dask":
        found.append(Finding("batch.option.address", "arguments", "address", value=str(address)))
    if found:
        raise InvalidInput(found, "arguments")
