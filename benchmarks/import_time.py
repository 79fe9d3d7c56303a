"""What `import supplier_eval` costs, as a multiple of `import pandas`; and what it must not load.

    python benchmarks/import_time.py [--quick]

Each round starts one fresh interpreter for every statement and takes its CPU time (user + system). The first
figure is the bare import; the second also touches every public name but
the store's (to name it is to use the database), which loads pydantic and numpy; the
third evaluates the museum sample, from the files to plain data (pandas, which also loads pyarrow if it is there).
Exits with 1 when a library that belongs to a later step is loaded.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from measure import line, machine

HEAVY = ("matplotlib", "pulp", "highspy", "sqlalchemy", "openpyxl", "xlsxwriter", "jinja2", "rich", "typer")
SAMPLE = str(Path(__file__).parents[1] / "data" / "samples" / "museum-services")
STATEMENTS = {
    "import pandas": "import pandas",
    "python alone": "pass",
    "import supplier_eval": "import supplier_eval",
    "every name but the store": "import supplier_eval as se; [getattr(se, n) for n in se.__all__ if n != 'Registry']",
    "read and evaluate a sample": f"import supplier_eval as se; se.evaluate(se.read_tender({SAMPLE!r})).to_dict()",
}
AIM = 1.25


def cpu(statement: str) -> float:
    child = subprocess.Popen([sys.executable, "-c", statement])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"failed: {statement}")
    return used.ru_utime + used.ru_stime


def loaded(statement: str) -> list[str]:
    """Heavy libraries that stand in `sys.modules` after a statement."""
    shown = f"{statement}\nimport json, sys\nprint(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    names: list[str] = json.loads(done.stdout)
    return names


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="two rounds, to see that it runs")
    rounds = 2 if parser.parse_args().quick else 21
    times: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for statement in STATEMENTS.values():
        cpu(statement)  # compiled files are written, pages are read
    for _ in range(rounds):
        for name, statement in STATEMENTS.items():
            times[name].append(cpu(statement))
    print(machine())
    print(f"{rounds} rounds; aim: import supplier_eval at most {AIM} x")
    for name in STATEMENTS:
        print(line(name, times[name], times["import pandas"]))
    early = {
        name: found
        for name in ("import supplier_eval", "every name but the store")
        if (found := loaded(STATEMENTS[name]))
    }
    print("loaded too early:", early or "nothing", f"(looked for {', '.join(HEAVY)})")
    return 1 if early else 0


if __name__ == "__main__":
    sys.exit(main())
