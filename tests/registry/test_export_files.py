"""Everything leaves as open files, and nothing in them is a name of a file or runs in a spreadsheet."""

from __future__ import annotations

import csv
import json
import tomllib

import pytest

from registry_hostile import fill_hostile
from supplier_eval.errors import InvalidInput
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.export_files import export_folder, file_digest
from supplier_eval.registry.verification import head_anchor


@pytest.fixture
def exported(registry, tmp_path):
    fill_hostile(registry)
    return export_folder(registry, tmp_path / "out")


def test_every_kind_has_its_table_and_the_manifest_says_every_file(exported, registry):
    folder = exported.folder
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"manifest.json"}
    assert set(manifest["files"]) == files
    assert {f"records/{kind}.csv" for kind in kinds()} <= files
    assert manifest["anchor"] == str(head_anchor(registry)) == str(exported.anchor)
    for name, facts in manifest["files"].items():
        assert facts["digest"] == file_digest(folder / name)
    assert exported.rows["records/supplier.csv"] == len(registry.where("supplier"))
    assert exported.rows["audit.csv"] == exported.anchor.seq


def test_no_cell_is_one_that_a_spreadsheet_would_run(exported):
    for path in exported.folder.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert not cell or cell[0] not in "=+@\t\r\n"
                    assert not cell.startswith("-") or cell[1:].replace(".", "").isdigit()


def test_no_text_becomes_the_name_of_a_file(exported):
    names = [str(path.relative_to(exported.folder)) for path in exported.folder.rglob("*")]
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz_0123456789./") and ".." not in name for name in names)


def test_schema_and_rules_can_be_read_by_anybody(exported):
    schema = json.loads((exported.folder / "schema.json").read_text(encoding="utf-8"))
    assert set(schema) == set(kinds())
    assert schema["supplier"]["fields"]["properties"]["name"]["type"] == "string"
    assert {"event": "approve", "from": "candidate", "to": "active"}.items() <= schema["supplier"]["moves"][1].items()
    assert tomllib.loads((exported.folder / "rules.toml").read_text(encoding="utf-8"))["currency"] == "CNY"


def test_a_folder_that_holds_something_is_left_alone(exported, registry, tmp_path):
    with pytest.raises(InvalidInput, match=r"registry\.export\.not_empty"):
        export_folder(registry, exported.folder)
    (tmp_path / "file").write_text("x")
    with pytest.raises(InvalidInput, match=r"registry\.export\.not_empty"):
        export_folder(registry, tmp_path / "file")
