"""The folder of a batch before and after: what in it is finished and verified, what is done again, what is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from supplier_eval.batch.aside import leftovers, publish, sync_folder
from supplier_eval.batch.dataset_file import Sealed
from supplier_eval.batch.dataset_sources import InputFile
from supplier_eval.batch.dataset_stream import is_unchanged
from supplier_eval.batch.manifest import Entry, Manifest, read_manifest
from supplier_eval.batch.returning import TenderOf, TenderReturns, returns_in
from supplier_eval.batch.seen_tenders import Digests, SeenTenders, read_digests
from supplier_eval.errors import Finding, InvalidInput

LONGEST = 60


def prepare(target: Path, head: Mapping[str, Any], files: Iterable[InputFile], *, resume: bool) -> Manifest:
    """Take stock of a folder whose lock is held, and make it ready.

    Parameters
    ----------
    target : Path
        The folder.
    head : mapping
        Policy, version and options of this batch.
    files : iterable of InputFile
        Inputs of this batch.
    resume : bool
        Keep what is finished and verified; else remove what is on the record and begin anew.

    Returns
    -------
    Manifest
        With the entries that are kept: input and results have the sizes and SHA-256 on record. Everything else that
        was on record is removed, and so are temporary files.

    Raises
    ------
    InvalidInput
        If the folder holds another batch, results of an input that is gone, or files of somebody else in the way.
    """
    by_name = {file.name: file for file in files}
    known = read_manifest(target) or Manifest(target, dict(head))
    found = _refusals(target, known, head, by_name, resume=resume)
    if found:
        raise InvalidInput(found, str(target))
    kept = {
        name: entry for name, entry in known.entries.items() if resume and _is_whole(target, by_name[name].path, entry)
    }
    for name, entry in known.entries.items():
        if name not in kept:
            _remove(target, entry)
    clear(target)
    manifest = Manifest(target, dict(head), kept)
    manifest.begin()
    return manifest


def clear(target: Path) -> None:
    """Remove temporary files; nobody else writes here while the lock is held."""
    for path in leftovers(target):
        path.unlink(missing_ok=True)


def _refusals(
    target: Path, known: Manifest, head: Mapping[str, Any], files: Mapping[str, InputFile], *, resume: bool
) -> list[Finding]:
    if not known.head:
        return [Finding("batch.target.no_manifest", "target", value=str(target))]
    found: list[Finding] = []
    if resume and known.entries:
        for what in ("policy", "version", "options"):
            was, now = known.head.get(what), head[what]
            if was != now:
                facts = {"what": what, **_differing(was, now)}
                found.append(Finding("batch.target.other_run", "target", value=str(target), facts=facts))
        gone = sorted(set(known.entries) - set(files))
        found += [Finding("batch.target.input_gone", "target", value=name) for name in gone if not found]
    ours = {written.name for entry in known.entries.values() for written in entry.written.values()}
    for file in files.values():
        theirs = [name for name in file.written.values() if name not in ours and (target / name).exists()]
        found += [Finding("batch.target.not_ours", "target", value=name) for name in theirs]
    return found


def _differing(was: object, now: object) -> dict[str, str]:
    """The parts that differ, short."""
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        keys = [key for key in sorted({*was, *now}) if was.get(key) != now.get(key)]
        was, now = ({key: side.get(key) for key in keys} for side in (was, now))
    return {"was": str(was)[:LONGEST], "now": str(now)[:LONGEST]}


def _is_whole(target: Path, source: Path, entry: Entry) -> bool:
    """Whether input and results are what the record says."""
    return is_unchanged(source, entry.input) and all(
        is_unchanged(target / written.name, written) for written in entry.written.values()
    )


def _remove(target: Path, entry: Entry) -> None:
    for written in entry.written.values():
        (target / written.name).unlink(missing_ok=True)


class Published:
    """Gives finished inputs their names, one after the other, and sees that no two share a tender.

    Parameters
    ----------
    manifest : Manifest
        The record.
    files : iterable of InputFile
        Inputs of the batch.
    tender_of : callable
        Gives the column that names the tender, from the columns of a file.
    """

    def __init__(self, manifest: Manifest, files: Iterable[InputFile], tender_of: TenderOf) -> None:
        self.manifest, self.tender_of = manifest, tender_of
        self.files = {file.name: file for file in files}
        self.seen = SeenTenders()
        for name in sorted(manifest.entries):
            self._check(name, read_digests(manifest.target / manifest.entries[name].written["tenders"].name))

    def add(self, sealed: Sealed) -> None:
        """Put a finished input on record and give its files their names.

        Raises
        ------
        TenderReturns
            If one of its tenders stands in another input too; the results of both are taken away.
        """
        entry, target = sealed.entry, self.manifest.target
        self._check(entry.file, read_digests(sealed.temporary["tenders"]))
        self.manifest.add(entry)
        for part, temporary in sealed.temporary.items():
            publish(temporary, target / entry.written[part].name)

    def _check(self, name: str, digests: Digests) -> None:
        met = self.seen.add(digests)
        found: list[Finding] = []
        for digest in met:
            pair = sorted({name, *(other for other in self.manifest.entries if self._holds(other, digest))})
            proven = returns_in([self.files[one] for one in pair], self.tender_of, digest)
            found += proven
            for one in pair if proven else ():
                self._withdraw(one)
        if found:
            raise TenderReturns(found, str(self.manifest.target))

    def _holds(self, name: str, digest: np.uint64) -> bool:
        digests = read_digests(self.manifest.target / self.manifest.entries[name].written["tenders"].name)
        at = np.searchsorted(digests, digest)
        return bool(at < len(digests) and digests[at] == digest)

    def _withdraw(self, name: str) -> None:
        """Take results away: a tender in them was scored without all its bids."""
        entry = self.manifest.entries.get(name)
        if entry is not None:
            _remove(self.manifest.target, entry)
            sync_folder(self.manifest.target)
            self.manifest.withdraw(name)
