"""Write docs/policy-map.md: which record, rule, function and test answers each item of the policy."""

from __future__ import annotations

from pathlib import Path

from supplier_eval.registry.policy_map import map_policy

ROOT = Path(__file__).parents[1]

if __name__ == "__main__":
    answered = map_policy(ROOT / "tests")
    (ROOT / "docs" / "policy-map.md").write_text(answered.markdown(), encoding="utf-8")
    print(answered.explain())
