"""A tender folder that nobody has filled in yet: everything that a policy asks for, every value empty (§3.2.1)."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.notice_checks import read_notice
from supplier_eval.intake.template_rows import LIVE, EmptyTable, empty_tables
from supplier_eval.intake.template_words import POLICY_FILE, Key, notice_keys, notice_toml, readme
from supplier_eval.messages import Lang
from supplier_eval.policy.document import Policy

NOTICE, README = "tender.toml", "README.md"
NOT_IN_AN_ID = re.compile(r"[\s.\[\]{}'\"]+")
LONGEST_ID = 60


@dataclass(frozen=True)
class Template:
    """What a tender is to be filled in with.

    Parameters
    ----------
    policy, category : Policy, str
        The criteria; the category is empty where the policy's criteria are the same for all.
    lots : tuple of str
        Ids of the lots; empty for one lot.
    keys : sequence of Key
        Of the notice.
    tables : mapping
        Name → table.
    lang : {"en", "zh"}
        Language of titles and instructions.
    """

    policy: Policy
    category: str
    lots: tuple[str, ...]
    keys: Sequence[Key]
    tables: Mapping[str, EmptyTable]
    lang: Lang = "en"

    def notice(self) -> str:
        """The text of ``tender.toml``."""
        return notice_toml(self.policy, self.keys, self.lots, self.category, self.lang)

    def readme(self, book: str = "") -> str:
        """The text of ``README.md``; `book` is the name of the workbook, where there is one."""
        return readme(self.policy, self.category, book, list(self.tables), self.lang)


def write_template(
    policy: Policy,
    folder: str | Path,
    *,
    category: str = "",
    bids: Sequence[str] = (),
    lots: Sequence[str] = (),
    evaluators: Sequence[str] = (),
    lang: Lang = "en",
) -> tuple[Path, ...]:
    """Write a tender folder in which only the values are missing.

    Parameters
    ----------
    policy : Policy
        What will be asked; it is written beside the tables and keeps its fingerprint.
    folder : str or Path
        Made where it is not there; nothing is written into a folder that holds anything. Its name becomes the
        tender's id.
    category : str
        Service category; required where the policy's criteria or gates differ by category.
    bids, lots, evaluators : sequence of str
        Ids, as far as they are known: there is a row for every bid and requirement, every bid, criterion and
        evaluator, every bid and item of the price sheet. With several lots each bid's lot is to be filled in.
    lang : {"en", "zh"}
        Language of titles and instructions.

    Returns
    -------
    tuple of Path
        The files written: ``tender.toml``, ``policy.toml``, ``README.md`` (every id with its title, what is asked,
        weight, and who fills it in), and the tables that the policy asks for. `check_tender` reads them and lists
        the rows in which a value is missing; nothing is taken for zero.

    Raises
    ------
    InvalidInput
        Where the folder is not empty, the category is missing or unknown, or an id stands twice, cannot be an id,
        or would be run by a spreadsheet as a formula.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     policy = se.Policy.profile("world-bank-qcbs")
    ...     paths = se.intake.write_template(policy, f"{folder}/T", bids=["A", "B"], evaluators=["E1"])
    ...     print((paths[0].parent / "marks.csv").read_text().splitlines()[1])
    A,experience,E1,,,Specific experience of the consultant,0–100
    """
    template = template_of(policy, folder, category=category, bids=bids, lots=lots, evaluators=evaluators, lang=lang)
    target = Path(folder)
    written = write_texts(template, target, {NOTICE: template.notice(), README: template.readme()})
    for name, table in template.tables.items():
        with (target / f"{name}.csv").open("x", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.columns)
            writer.writerows(table.cells())
    return (*written, *(target / f"{name}.csv" for name in template.tables))


def template_of(
    policy: Policy,
    folder: str | Path,
    *,
    category: str = "",
    bids: Sequence[str] = (),
    lots: Sequence[str] = (),
    evaluators: Sequence[str] = (),
    lang: Lang = "en",
) -> Template:
    """Lay out what is to be written into a folder, or refuse it, as `write_template` says."""
    found = list(_folder_findings(Path(folder)))
    if not category and len(policy.categories) == 1:
        category = policy.categories[0]
    found += _category_findings(policy, category)
    for name, ids in (("bids", bids), ("lots", lots), ("evaluators", evaluators)):
        found += _id_findings(name, ids)
    if found:
        raise InvalidInput(found, str(folder))
    tender = NOT_IN_AN_ID.sub("-", Path(folder).resolve().name)[:LONGEST_ID] or "tender"
    keys = notice_keys(policy, tender, category, lang)
    tables = empty_tables(policy, category, bids=bids, lots=lots, evaluators=evaluators, lang=lang)
    template = Template(policy, category, tuple(lots), keys, tables, lang)
    _, refused = read_notice(tomllib.loads(template.notice()))  # ids of lots that the notice would not take
    if refused:
        raise InvalidInput(refused, str(folder))
    return template


def write_texts(template: Template, folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Make the folder and write the policy and these texts into it; no file is written over."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {POLICY_FILE: template.policy.to_toml(), **texts}
    for name, text in files.items():
        with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return [folder / name for name in files]


def _folder_findings(folder: Path) -> Iterator[Finding]:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        yield Finding("template.folder.not_empty", "template", "out", value=str(folder))


def _category_findings(policy: Policy, category: str) -> Iterator[Finding]:
    facts = {"known": ", ".join(policy.categories)}
    if category and category not in policy.categories:
        yield Finding("tender.category.unknown", "template", "category", value=category, facts=facts)
    differ = any(c.categories for c in policy.criteria) or any(gate.categories for gate in policy.gates)
    if not category and differ:
        facts["first"] = policy.categories[0] if policy.categories else "-"
        yield Finding("template.category.missing", "template", "category", facts=facts)


def _id_findings(name: str, ids: Sequence[str]) -> Iterator[Finding]:
    keys = [id_key(one) for one in ids]
    for one in dict.fromkeys(one for one, key in zip(ids, keys, strict=True) if keys.count(key) > 1):
        yield Finding("template.id.duplicate", "template", name, value=one)
    for one in ids:
        if LIVE.match(one):
            yield Finding("template.id.live", "template", name, value=one)
