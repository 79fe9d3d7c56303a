"""Notebooks are stripped and end with a question that one changed line answers; CI executes them (.ci/run)."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells(notebook):
    return json.loads(notebook.read_text(encoding="utf-8"))["cells"]


def source(cell):
    return "".join(cell["source"])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_is_kept(notebook):
    for cell in cells(notebook):
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
    ids = [cell["id"] for cell in cells(notebook)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_ends_with_a_question_that_one_changed_line_answers(notebook):
    asked, answer = cells(notebook)[-2:]
    assert asked["cell_type"] == "markdown"
    assert "?" in source(asked) or "see " in source(asked)
    assert re.search(r"[Cc]hange the", source(asked))
    assert answer["cell_type"] == "code"
    first = ast.parse(source(answer)).body[0]
    assert isinstance(first, ast.Assign)
    name = first.targets[0].id
    assert name.isupper()
    ast.literal_eval(first.value)
    assert len(re.findall(rf"\b{name}\b", source(answer))) > 1, "the line is used"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_imports_only_the_public_face(notebook):
    for cell in cells(notebook):
        if cell["cell_type"] != "code":
            continue
        code = re.sub(r"^%.*$", "", source(cell), flags=re.MULTILINE)
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("supplier_eval"):
                assert node.module.count(".") <= 1, node.module


def test_they_are_numbered_in_order_and_run_in_ci():
    assert [path.name[:2] for path in NOTEBOOKS] == [f"{i:02}" for i in range(1, len(NOTEBOOKS) + 1)]
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "notebooks/*.ipynb" in run
    assert "nbconvert --to notebook --execute" in run
