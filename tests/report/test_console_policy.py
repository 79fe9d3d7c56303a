"""What the command line shows of a policy's gates and criteria."""

from __future__ import annotations

from supplier_eval.policy import Policy
from supplier_eval.report.console_policy import print_policy


def test_gates_and_criteria_stand_in_their_tables_with_weights_to_the_right(capsys):
    print_policy(Policy.default(), "mine", "A title", "en")
    said = capsys.readouterr().out
    assert said.startswith("mine · A title\n")
    assert said.index("Gates") < said.index("business_licence") < said.index("Criteria, 100") < said.index("  team ")
    (line,) = [line for line in said.splitlines() if line.split()[:1] == ["availability"]]
    assert line.startswith("  availability") and "90–100%" in line and " 4.5 " in line and line.rstrip().endswith("ITO")


def test_a_column_that_holds_nothing_is_left_out_and_unseen_characters_too(capsys):
    gates = [{"id": "one", "name": "One\u202e gate", "kind": "yes"}]
    print_policy(Policy.profile("za-80-20").replace(gates=gates), "za", "za", "zh")
    said = capsys.readouterr().out
    assert "仅适用" not in said and "\u202e" not in said and "One gate" in said
