"""Which record, rule, function and test answers each item of the policy: gathered from what the package declares.

Nothing here is written by hand but the items' titles: kinds, moves and guards say their clauses, docstrings and rules
cite them, tests bear their numbers. An item that nothing answers is a gap, and is shown as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, message
from supplier_eval.policy.criteria import Words
from supplier_eval.registry.catalogue import kinds, life_cycles
from supplier_eval.registry.lifecycle import Guard, LifeCycle
from supplier_eval.registry.policy_citations import Citation, citations, citations_in_tests, rule_citations
from supplier_eval.registry.policy_items import known_items
from supplier_eval.registry.record import due_fields
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("records", "rules", "functions", "shown", "tests")


@dataclass(frozen=True)
class PolicyAnswer:
    """What answers one item.

    Parameters
    ----------
    item : str
        ``§3.1.4``.
    title : Words
        What it asks for, in short.
    records : tuple of str
        Kinds that the registry keeps for it.
    rules : tuple of str
        Moves (``contract: submit, approve``; all of its kinds' where none cites it), guards
        (``contract.text.not_reviewed``) and declared rules (``house_rules.toml: firewall``).
    functions : tuple of str
        Modules, with their public functions where these cite it themselves: ``risk/matrix_front.py: rate_risks``.
    shown : tuple of str
        Reports and commands that show it.
    tests : tuple of str
        Test files; ``: test_4_1_1_*`` where tests are named after it.
    """

    item: str
    title: Words
    records: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()

    @property
    def gaps(self) -> tuple[str, ...]:
        """What it lacks: ``answer`` (neither record nor function), ``test``."""
        answered = self.records or self.functions
        return (*(() if answered else ("answer",)), *(() if self.tests else ("test",)))


@dataclass(frozen=True)
class PolicyMap(Shown):
    """All items with what answers them, in the order of the policy."""

    answers: tuple[PolicyAnswer, ...]

    def __getitem__(self, item: str) -> PolicyAnswer:
        return next(answer for answer in self.answers if answer.item == item)

    def __repr__(self) -> str:
        return f"PolicyMap({len(self.answers)} items, {len(self.gaps)} with gaps)"

    @property
    def gaps(self) -> tuple[PolicyAnswer, ...]:
        """Items that lack an answer or a test."""
        return tuple(answer for answer in self.answers if answer.gaps)

    def to_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """One row an item: item, title, records, rules, functions, shown, tests; the last five as text, by ``; ``."""
        import pandas as pd

        rows = [(a.item, a.title.say(lang), *("; ".join(getattr(a, name)) for name in COLUMNS)) for a in self.answers]
        return pd.DataFrame(rows, columns=["item", "title", *COLUMNS])

    def explain(self, lang: Lang = "en") -> str:
        """How many items there are, and a line for each that lacks something."""
        lines = [message("policy_map.summary", lang, items=len(self.answers), gaps=len(self.gaps))]
        for answer in self.gaps:
            lines += [
                message(f"policy_map.gap.{gap}", lang, item=answer.item, title=answer.title.say(lang))
                for gap in answer.gaps
            ]
        return "\n".join(lines)

    def markdown(self, lang: Lang = "en") -> str:
        """The page: a table for each chapter."""
        heads = [message(f"policy_map.column.{name}", lang) for name in ("item", *COLUMNS)]
        lines = [f"# {message('policy_map.title', lang)}", "", message("policy_map.note", lang)]
        chapter = ""
        for answer in self.answers:
            if (current := answer.item.split(".")[0]) != chapter:
                chapter = current
                title = message(f"policy_map.chapter.{chapter.removeprefix('§')}", lang)
                lines += ["", f"## {chapter} {title}", "", _row(heads), _row(["---"] * len(heads))]
            cells = ["<br>".join(f"`{part}`" for part in getattr(answer, name)) or "-" for name in COLUMNS]
            lines.append(_row([f"{answer.item} {answer.title.say(lang)}", *cells]))
        return "\n".join(lines) + "\n"


def map_policy(tests: Path | None = None) -> PolicyMap:
    """Gather what answers each item of the company's policy.

    Parameters
    ----------
    tests : Path, optional
        Folder of the tests; without it the map holds none.

    Returns
    -------
    PolicyMap
        All items, those with gaps too.
    """
    cited, ruled = citations(), rule_citations()
    tested = citations_in_tests(tests) if tests is not None else ()
    return PolicyMap(tuple(_answer(item, title, cited, ruled, tested, tests) for item, title in known_items().items()))


def _answer(
    item: str,
    title: Words,
    cited: tuple[Citation, ...],
    ruled: tuple[Citation, ...],
    tested: tuple[Citation, ...],
    tests: Path | None,
) -> PolicyAnswer:
    records = tuple(kind.kind for kind in kinds().values() if item in kind.clauses)
    here = [citation for citation in cited if citation.item == item]
    serving = [citation for citation in here if not citation.shows]
    moves = (*_moves(item), *_guards(item)) or tuple(_all_moves(records))
    rules = (*moves, *_by_file(c for c in ruled if c.item == item))
    shown = (*_commands(records), *_by_file(citation for citation in here if citation.shows))
    found = (*_named(item, tested), *_mirrored(serving, tests))
    return PolicyAnswer(item, title, records, rules, _by_file(serving), shown, tuple(dict.fromkeys(found)))


def _moves(item: str) -> Iterable[str]:
    for cycle in life_cycles().values():
        events = dict.fromkeys(move.event for move in cycle.moves if move.clause == item)
        if events:
            yield f"{cycle.kind}: {', '.join(events)}"


def _all_moves(records: tuple[str, ...]) -> Iterable[str]:
    """All moves of kinds that serve an item beside the one that their moves cite."""
    for kind in records:
        yield f"{kind}: {', '.join(dict.fromkeys(move.event for move in life_cycles()[kind].moves))}"


def _guards(item: str) -> tuple[str, ...]:
    asked = (guard for cycle in life_cycles().values() for guard in _all_guards(cycle))
    return tuple(dict.fromkeys(guard.code for guard in asked if guard.clause == item))


def _all_guards(cycle: LifeCycle) -> Iterable[Guard]:
    for move in cycle.moves:
        yield from move.guards
    yield from cycle.edit_guards


def _by_file(found: Iterable[Citation]) -> tuple[str, ...]:
    """``file: name, name``; the file alone where it cites as a whole."""
    files: dict[str, list[str]] = {}
    for citation in found:
        files.setdefault(citation.file, []).extend([citation.name] if citation.name else [])
    return tuple(f"{file}: {', '.join(names)}" if names else file for file, names in files.items())


def _commands(records: tuple[str, ...]) -> Iterable[str]:
    """Commands of the registry that show records of these kinds; every kind has them."""
    for kind in records:
        yield f"registry show {kind}"
    if any(due_fields(kinds()[kind]) for kind in records):
        yield "registry due"


def _named(item: str, tested: tuple[Citation, ...]) -> Iterable[str]:
    """Test files, with the pattern of the tests that are named after the item."""
    stem = "test_" + item.removeprefix("§").replace(".", "_")
    for citation in tested:
        if citation.item == item:
            named = citation.name.startswith(f"{stem}_")
            yield f"{citation.file}: {stem}_*" if named else citation.file


def _mirrored(serving: Iterable[Citation], tests: Path | None) -> Iterable[str]:
    """Tests that mirror the modules which answer it."""
    if tests is None:
        return
    for citation in serving:
        folder, _, module = citation.file.rpartition("/")
        mirror = Path(folder) / f"test_{module}"
        if (tests / mirror).exists():
            yield mirror.as_posix()


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


__all__ = ["PolicyAnswer", "PolicyMap", "map_policy"]
