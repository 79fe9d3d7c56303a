"""Every page of docs/screens has its parts, and its worked example gives what it prints."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from supplier_eval.integrity.ocds_settings import INDICATORS
from supplier_eval.messages import catalogue

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
PAGES = sorted(FOLDER.rglob("*.md"))
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


def examples(page):
    return "\n".join(BLOCK.findall(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_give_what_it_prints(page, monkeypatch):
    monkeypatch.chdir(FOLDER.parents[1])
    parsed = doctest.DocTestParser().get_doctest(examples(page), {}, page.name, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE, verbose=False)
    said: list[str] = []
    runner.run(parsed, out=said.append)
    assert not said, "".join(said)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_leads_to_pages_that_exist(page):
    for link in re.findall(r"\]\(([\w./-]+\.md)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


def test_every_screen_of_bids_has_its_page_with_an_example():
    text = {page.stem: page.read_text(encoding="utf-8") for page in PAGES}
    titles = " ".join(page.splitlines()[0] for page in text.values())
    screens = [code for code in catalogue() if re.fullmatch(r"screens\.\w+\.title", code)]
    assert len(screens) > 12
    for code in screens:
        assert f"`{code.split('.')[1]}`" in titles, code
    for indicator in INDICATORS:
        assert "```python\n>>> " in text[f"ocds-{indicator.lower()}"]


def test_every_page_can_be_reached_from_the_index():
    reached, todo = set(), [FOLDER / "README.md"]
    while todo:
        page = todo.pop()
        reached.add(page)
        links = re.findall(r"\]\(([\w-]+\.md)\)", page.read_text(encoding="utf-8"))
        todo += [page.parent / link for link in links if page.parent / link not in reached]
    assert set(PAGES) == reached
