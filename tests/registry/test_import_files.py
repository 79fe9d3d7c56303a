"""A store that is made of an export equals it; an export that was altered in anything makes none."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from registry_hostile import fill_hostile
from registry_procedure import Procedure
from supplier_eval.errors import InvalidInput, NotAStore
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.export_files import export_folder, file_digest
from supplier_eval.registry.import_files import import_folder, is_export
from supplier_eval.registry.store import Registry
from supplier_eval.registry.verification import verify_store


@pytest.fixture
def exported(registry, tmp_path) -> Path:
    fill_hostile(registry)
    return export_folder(registry, tmp_path / "out").folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """One export, to be copied and altered."""
    at = tmp_path_factory.mktemp("kept")
    with Registry.create(at / "store", actor="tester", clock=lambda: datetime(2026, 11, 30, 8, tzinfo=UTC)) as made:
        fill_hostile(made)
        return export_folder(made, at / "out").folder


@pytest.fixture
def altered(kept, tmp_path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "altered"))


def test_every_record_state_version_and_line_of_audit_comes_back(exported, registry, tmp_path):
    anchor = import_folder(exported, tmp_path / "again")
    with Registry.open(tmp_path / "again", actor="tester") as again:
        for kind in kinds():
            assert again.where(kind) == registry.where(kind)
        with again.reading() as new, registry.reading() as old:
            assert list(new.lines()) == list(old.lines())
        digest = registry.where("attachment")[0].digest
        assert again.content(digest) == registry.content(digest) == b"\x00content"
        assert again.rules_toml == registry.rules_toml
        assert verify_store(again, anchor).is_sound
        assert export_folder(again, tmp_path / "out2").rows == export_folder(registry, tmp_path / "out3").rows
    assert is_export(exported)


def test_a_tender_half_way_comes_back_where_it_stood(registry, clock, tmp_path):
    Procedure(registry, clock).candidates()
    assert len({one.state for kind in kinds() for one in registry.where(kind)}) >= 10
    anchor = import_folder(export_folder(registry, tmp_path / "out").folder, tmp_path / "again")
    with Registry.open(tmp_path / "again", actor="tester", clock=clock) as again:
        assert verify_store(again, anchor).is_sound
        for kind in kinds():
            assert again.where(kind) == registry.where(kind)


def rewrite(folder: Path, name: str, change) -> None:
    """Change a file and its digest in the manifest, as somebody would who knows how."""
    (folder / name).write_bytes(change((folder / name).read_bytes()))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name]["digest"] = file_digest(folder / name)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def refused(folder: Path, tmp_path: Path) -> set[str]:
    with pytest.raises(InvalidInput) as found:
        import_folder(folder, tmp_path / "none")
    assert not (tmp_path / "none").exists()
    for finding in found.value.findings:
        assert finding.say("zh")
    return {finding.code for finding in found.value.findings}


def test_a_file_that_was_altered_is_named(altered, tmp_path):
    (altered / "records/supplier.csv").write_bytes(b"x")
    (altered / "audit.csv").unlink()
    assert refused(altered, tmp_path) == {"registry.export.file_altered", "registry.export.file_missing"}


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("records/supplier.csv", b"renamed", b"renamer", "audit.record_differs"),
        ("records/contract.csv", b",draft,1,", b",signed,1,", "audit.record_differs"),
        ("records/contract.csv", b",draft,1,", b",draft,x,", "registry.export.cell"),
        ("records/contract.csv", b"1234567.80", b"1234567.801", "contract.value.places"),
        ("records/contract.csv", b"1234567.80", b"much", "contract.value.not_a_number"),
        ("records/contract.csv", b"supplier", b"provider", "registry.export.head"),
        ("audit.csv", b"tester", b"someone", "audit.row_altered"),
        ("audit.csv", b"\r\n2,", b"\r\nx,", "registry.export.cell"),
        ("rules.toml", b"CNY", b"USD", "audit.rules_altered"),
        ("records/supplier.csv", b",renamed", b',"renamed', "registry.export.not_csv"),
    ],
)
def test_what_was_altered_with_its_digest_is_found_by_the_audit_or_the_fields(altered, tmp_path, name, old, new, code):
    assert old in (altered / name).read_bytes()
    rewrite(altered, name, lambda data: data.replace(old, new, 1))
    assert code in refused(altered, tmp_path)


def test_a_content_that_was_altered_is_found(altered, tmp_path):
    (name,) = (f"contents/{path.name}" for path in (altered / "contents").iterdir())
    rewrite(altered, name, lambda data: data + b"!")
    assert "audit.content_differs" in refused(altered, tmp_path)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "records/../x.csv", "records/nothing.csv", "x"])
def test_a_manifest_names_no_other_file(altered, tmp_path, name):
    manifest = json.loads((altered / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = {"rows": 1, "digest": ""}
    (altered / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert refused(altered, tmp_path) == {"registry.export.strange_file"}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other", "files": {}}', "[" * 10_000])
def test_what_is_no_manifest_is_refused(altered, tmp_path, text):
    (altered / "manifest.json").write_text(text, encoding="utf-8")
    assert refused(altered, tmp_path)


def test_a_link_is_not_followed(altered, tmp_path):
    (altered / "audit.csv").rename(tmp_path / "elsewhere.csv")
    (altered / "audit.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert refused(altered, tmp_path) == {"registry.export.file_missing"}


def test_a_store_that_is_there_stays(kept, tmp_path):
    with Registry.create(tmp_path / "there", actor="tester"):
        pass
    with pytest.raises(NotAStore):
        import_folder(kept, tmp_path / "there")
    with Registry.open(tmp_path / "there", actor="tester") as there:
        assert there.where("supplier") == ()
