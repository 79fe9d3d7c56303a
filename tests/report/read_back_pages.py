"""Pages beside those of an evaluation, each with everything that was computed for it."""

from __future__ import annotations

import math

from registry_sample import SAMPLES as SAMPLE_FOLDERS
from report.made_files import sample
from report.made_planning import made as made_needs
from report.made_risks import made as made_risks
from report.made_screens import made as made_screens
from report.read_back import Held
from supplier_eval.award import read_problem
from supplier_eval.award.questions import AwardQuestions, answer_award
from supplier_eval.monitor.folder_review import review_folder
from supplier_eval.monitor.review_series import kpi_trend_test
from supplier_eval.planning.switching import switching_values
from supplier_eval.report.award_page import award_page
from supplier_eval.report.needs_page import needs_page
from supplier_eval.report.review_charts import heaviest
from supplier_eval.report.review_page import review_page
from supplier_eval.report.risks_page import risks_page
from supplier_eval.report.robustness_page import robustness_page
from supplier_eval.report.screens_page import screens_page
from supplier_eval.robustness import weight_stability
from supplier_eval.robustness.answers import answer_lots

Made = tuple[str, Held]


def needs_and_costs() -> Made:
    """Present value of every line by its own factor, shares of drawn worlds with their errors, ends of the weights."""
    answers = made_needs()
    costs, compared = answers.costs, answers.comparison
    volume = {one.id: one.volume[1] for one in costs.drivers}
    lines = [one.factor * one.rate[1] * volume.get(one.driver, 1.0) for one in costs.lines]
    n = costs.draws
    shares = [k / n for k in range(n + 1)]
    errors = [math.sqrt(share * (1 - share) / n) for share in {one.cheapest for one in costs.options}]
    ends = weight_stability(compared.sheet)
    unseen = 1 - 0.05 ** (1 / n)
    found = Held((answers, switching_values(costs), lines, errors, ends, shares, unseen), hundredfold=True)
    return needs_page(answers), found


def risks() -> Made:
    """Of the average what comes from shocks, and what a larger budget saves."""
    answers = made_risks()
    losses = answers.losses
    own = sum(risk.frequency.mean * risk.moments[0] for risk in losses.model.risks)
    saved = answers.choice.loss_after - answers.choice.next_step.loss
    return risks_page(answers), Held((answers, losses.exact_mean - own, saved))


def review() -> Made:
    """The trend of a supplier is computed for the page."""
    answers = review_folder(SAMPLE_FOLDERS / "service-records", supplier="S03", span=("2026-07", "2026-10"))
    trend = kpi_trend_test(answers.results, "S03", heaviest(answers, "rate").id)
    return review_page(answers), Held((answers, trend), hundredfold=True, without=("folder", "records"))


def award() -> Made:
    """Half a cent is what the proof leaves open."""
    answers = answer_award(read_problem(SAMPLE_FOLDERS / "award-regions"), AwardQuestions(gap=0))
    return award_page(answers), Held((answers, 0.005))


def screens() -> Made:
    answers = made_screens()
    frames = [answers.market.to_frame(kind) for kind in ("screens", "pairs", "coalitions")]
    return screens_page(answers), Held((answers, frames), hundredfold=True)


def robustness() -> Made:
    """Between which weights the whole order holds, in points of the node, and how far a share of draws may be off."""
    answers = answer_lots(sample("service-desk").tender, draws=64, methods=True, break_even=True)[:1]
    lines = [line for answer in answers for line in answer.study.stability.by_room]
    orders = [line.points(end) for line in lines for end in (line.order.lower, line.order.upper)]
    studies = [answer.study for answer in answers]
    wide = [found.half_widths() for one in studies for found in (one.ball, one.ball_weights, one.whole)]
    return robustness_page(answers), Held((answers, orders, wide), hundredfold=True)
