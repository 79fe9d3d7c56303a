"""The page that orders by hand runs, command after command, at the moments that its headings name."""

from __future__ import annotations

import json
import re
import shlex
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from supplier_eval.cli import main
from supplier_eval.registry import store_asking

PAGE = Path(__file__).parents[1] / "docs" / "registry-walkthrough.md"
HEADING = re.compile(r"## (\d{4}-\d\d-\d\d \d\d:\d\d): .*?```sh\n(.*?)```", re.DOTALL)


def test_every_command_of_the_page_is_accepted_and_the_contract_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUPPLIER_EVAL_REGISTRY", str(tmp_path / "walk.sqlite"))
    monkeypatch.setenv("LOGNAME", "keeper")
    done = 0
    for written, commands in HEADING.findall(PAGE.read_text(encoding="utf-8")):
        moment = datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        monkeypatch.setattr(store_asking, "machine_time", lambda moment=moment: moment)
        for line in commands.replace("\\\n", " ").splitlines():
            program, *arguments = shlex.split(line)
            assert program == "supplier-eval"
            assert main(arguments) == 0, f"{written} {line}\n{capsys.readouterr().err}"
            done += 1
    capsys.readouterr()
    assert done > 50
    assert main(["registry", "show", "contract", "C-1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "running"
    kept = ["registry", "backup", "kept.sqlite"]
    assert main(kept) == main(["registry", "restore", "kept.sqlite", "--store", "again.sqlite"]) == 0
    assert main(["registry", "verify", "--store", "again.sqlite"]) == 0
