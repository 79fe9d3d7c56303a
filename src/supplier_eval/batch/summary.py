"""What a batch did: bids and tenders by file, what was kept from an earlier run, what was refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.batch.counts import Counts, total
from supplier_eval.errors import Finding, UnknownName
from supplier_eval.messages import LANGS, Lang, message
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.score.sheet import Standing

State = Literal["scored", "kept", "refused"]
COLUMNS = ("rows", "rows_scored", "rows_rejected", "tenders", "tenders_scored", "tenders_rejected")


@dataclass(frozen=True)
class FileSummary:
    """What came of one input.

    Parameters
    ----------
    file : str
        Its name inside the source.
    state : {"scored", "kept", "refused"}
        Scored in this run; finished and verified from an earlier one; not read at all.
    counts : Counts
        Bids and tenders; zero where the file was refused.
    output, rejects : str
        Names inside the target; empty where there is none.
    findings : tuple of Finding
        Why it was refused.
    """

    file: str
    state: State
    counts: Counts = field(default_factory=Counts)
    output: str = ""
    rejects: str = ""
    findings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        return f"FileSummary({self.file!r}, {self.state}: {self.counts.rows_scored} of {self.counts.rows} bids)"


@dataclass(frozen=True)
class BatchSummary(Shown):
    """The result of `score_dataset`.

    Parameters
    ----------
    files : tuple of FileSummary
        One for each input, by name.
    target : Path
        Folder of the results.
    policy_fingerprint : str
        Of the policy that was used.
    version : str
        Of this package.
    engine : str
        Who did the work; it changes no figure.
    standing : {"binding", "exploratory"}
        Binding only under the policy whose fingerprint the tenders published, with no flag open.
    standing_reasons : tuple of str
        Why it is exploratory, in the language of the batch.
    warnings : tuple of Finding
        What was passed over.
    """

    files: tuple[FileSummary, ...]
    target: Path
    policy_fingerprint: str
    version: str
    engine: str
    standing: Standing
    standing_reasons: tuple[str, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @cached_property
    def counts(self) -> Counts:
        """Bids and tenders of all files; scored and rejected add up to what was read."""
        return total(file.counts for file in self.files)

    @property
    def refused(self) -> tuple[FileSummary, ...]:
        """Inputs that were not read."""
        return tuple(file for file in self.files if file.state == "refused")

    @property
    def complete(self) -> bool:
        """Whether every input has its results."""
        return not self.refused

    def to_frame(self) -> pd.DataFrame:
        """One row an input.

        Returns
        -------
        DataFrame
            ``file``, ``state`` (scored, kept, refused), ``rows``, ``rows_scored``, ``rows_rejected``, ``tenders``,
            ``tenders_scored``, ``tenders_rejected`` (counts), ``output``, ``rejects`` (names inside the target).
        """
        import pandas as pd

        rows = [
            (f.file, f.state, *(getattr(f.counts, name) for name in COLUMNS), f.output, f.rejects) for f in self.files
        ]
        return pd.DataFrame(rows, columns=["file", "state", *COLUMNS, "output", "rejects"])

    def explain(self, file: str | None = None, lang: Lang = "en") -> str:
        """Say what came of the batch, or of one input.

        Raises
        ------
        UnknownName
            If there is no such input.
        """
        if file is None:
            states = {state: sum(f.state == state for f in self.files) for state in ("scored", "kept", "refused")}
            said = [message("batch.summary", lang, n=len(self.files), **states), _counted(self.counts, lang)]
            said += [f"{f.file}: {finding.line(lang)}" for f in self.refused for finding in f.findings]
            return "\n".join(said)
        known = {f.file: f for f in self.files}
        if file not in known:
            raise UnknownName("file", file, known)
        one = known[file]
        said = [message(f"batch.summary.{one.state}", lang, file=one.file, output=one.output)]
        if one.state != "refused":
            said.append(_counted(one.counts, lang))
        if one.rejects:
            said.append(message("batch.summary.rejects", lang, rejects=one.rejects))
        return "\n".join([*said, *(finding.line(lang) for finding in one.findings)])

    def to_dict(self) -> dict[str, Any]:
        """Give the summary as plain data, the document of ``--format json``."""
        return {
            "target": str(self.target),
            "engine": self.engine,
            "policy": {"fingerprint": self.policy_fingerprint},
            "version": self.version,
            "standing": self.standing,
            "standing_reasons": list(self.standing_reasons),
            "complete": self.complete,
            "counts": {name: getattr(self.counts, name) for name in COLUMNS},
            "files": [_file_dict(file) for file in self.files],
            "warnings": [_said(finding) for finding in self.warnings],
        }

    def __repr__(self) -> str:
        done = f"{self.counts.rows_scored} of {self.counts.rows} bids scored"
        return f"BatchSummary({len(self.files)} files: {done}, {len(self.refused)} files refused, {self.standing})"


def _counted(counts: Counts, lang: Lang) -> str:
    return message("batch.summary.counts", lang, **{name: f"{getattr(counts, name):,}" for name in COLUMNS})


def _file_dict(file: FileSummary) -> dict[str, Any]:
    return {
        "file": file.file,
        "state": file.state,
        **{name: getattr(file.counts, name) for name in COLUMNS},
        "output": file.output,
        "rejects": file.rejects,
        "findings": [_said(finding) for finding in file.findings],
    }


def _said(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "table": finding.table,
        "column": finding.column,
        "rows": list(finding.rows),
        **{lang: finding.line(lang) for lang in LANGS},
    }
