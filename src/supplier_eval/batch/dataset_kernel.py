"""The step from rows of a file to the arithmetic of a frame and back: which columns it needs, what it adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supplier_eval.batch.cases import Cases
from supplier_eval.batch.columns import VALUE, Bound, bind, result_columns
from supplier_eval.batch.files import Records, frame_of
from supplier_eval.batch.plan import Plan, compile_plan
from supplier_eval.batch.scoring import score_rows
from supplier_eval.errors import Finding, InvalidInput

if TYPE_CHECKING:
    from supplier_eval.batch.dataset_file import Job
    from supplier_eval.batch.dataset_stream import Numbers

WHOLE, YES_NO = {"rank"}, {"eligible"}
TEXT = {"reason", "reason_text", "flags"}


@dataclass(frozen=True)
class KernelScores:
    """Rows of whole tenders scored.

    Parameters
    ----------
    frame : DataFrame
        Result columns of the rows that were scored, in their order.
    bad : ndarray of bool
        Which of the given rows were rejected.
    codes, said : ndarray of str
        What is said of each given row; empty where nothing is.
    findings : tuple of Finding
        The same gathered, with sheet rows.
    cases : Cases
        What decides whether the results bind.
    """

    frame: pd.DataFrame
    bad: npt.NDArray[np.bool_]
    codes: npt.NDArray[np.object_]
    said: npt.NDArray[np.object_]
    findings: tuple[Finding, ...]
    cases: Cases


@dataclass(frozen=True)
class Scorer:
    """A plan bound to the columns of one file.

    Parameters
    ----------
    plan : Plan
        What is asked.
    job : Job
        Robustness columns, draws, seed, language.
    columns : tuple of str
        Columns of the file that the plan reads.
    tender : str
        The one that names the tender.
    kinds : dict of str to str
        Result column → kind, as `files.with_results` takes it.
    """

    plan: Plan
    job: Job
    columns: tuple[str, ...]
    tender: str
    kinds: dict[str, str]

    @classmethod
    def of(cls, job: Job, columns: Sequence[str], source: str) -> Scorer:
        """Bind the plan of a job to the columns of a file.

        Raises
        ------
        InvalidInput
            With every column that is missing, stands twice or bears the name of a result.
        """
        plan = plan_of(job)
        bound = _bound(job, plan, columns, source)
        read = dict.fromkeys(
            [*bound.roles.values(), *bound.criteria.values(), *bound.gates.values(), *bound.items.values()]
        )
        kinds = {name: _kind(name) for name in result_columns(plan, job.robustness)}
        return cls(plan, job, tuple(read), bound.roles["tender"], kinds)

    def score(self, rows: Records, numbers: Numbers, name: str) -> KernelScores:
        """Score rows of whole tenders.

        Parameters
        ----------
        rows : Records
            As read.
        numbers : ndarray of int
            Their sheet rows.
        name : str
            Name of the file, for the findings.
        """
        scored = score_rows(frame_of(rows, self.columns), self.plan, first_row=0, lang=self.job.lang)
        n = rows.num_rows
        bad = np.zeros(n, dtype=bool)
        codes, said = np.full(n, "", object), np.full(n, "", object)
        if len(scored.rejected):
            at = scored.rejected.index.to_numpy()
            bad[at] = True
            codes[at], said[at] = scored.rejected["finding_codes"].array, scored.rejected["findings"].array
        findings = tuple(
            replace(one, table=name, rows=tuple(numbers[list(one.rows)].tolist())) for one in scored.findings
        )
        frame = scored.frame
        if self.job.robustness:
            from supplier_eval.batch.robust_columns import with_robustness

            asked = self.job.robustness
            frame = with_robustness(frame, self.plan, scored.result, asked, draws=self.job.draws, seed=self.job.seed)
        return KernelScores(frame, bad, codes, said, findings, Cases.seen_in(scored.result))

    def nothing(self) -> pd.DataFrame:
        """Result columns without rows."""
        return pd.DataFrame({name: [] for name in self.kinds})


def plan_of(job: Job) -> Plan:
    """The plan of a job."""
    return compile_plan(job.policy, category=job.category, columns=job.columns)


def tender_column(job: Job, columns: Sequence[str]) -> str:
    """The column that names the tender, in a file with these columns."""
    return _bound(job, plan_of(job), columns, "").roles["tender"]


def options_of(job: Job, to: str | None) -> dict[str, Any]:
    """Whatever changes a byte of the results beside the policy and the version, as plain data."""
    plan = plan_of(job)
    declared = plan.columns.model_dump(mode="json", exclude_defaults=True)
    return {
        "category": job.category,
        "columns": {key: dict(sorted(one.items())) if isinstance(one, dict) else one for key, one in declared.items()},
        "unused": sorted(plan.unused),
        "robustness": list(job.robustness),
        "draws": job.draws,
        "seed": job.seed,
        "to": to,
        "lang": job.lang,
    }


def _bound(job: Job, plan: Plan, columns: Sequence[str], source: str) -> Bound:
    try:
        return bind(plan, pd.DataFrame(columns=list(columns)), job.robustness)
    except InvalidInput as refused:
        raise InvalidInput(refused.findings, source) from None


def _kind(name: str) -> str:
    if name.startswith(VALUE):
        return "float"
    return "whole" if name in WHOLE else "yes_no" if name in YES_NO else "text" if name in TEXT else "float"
