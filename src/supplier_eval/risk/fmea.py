r"""Failure modes: the risk priority number, and the action priority that replaced it.

.. math:: RPN = S \cdot O \cdot D, \qquad 1 \le RPN \le 1000

with severity S, occurrence O and detection D from 1 (good) to 10 (bad). The product takes 120 values only and gives
the same figure to a grave rare failure and to a slight frequent one; the action priority AP reads severity first, then
occurrence, then detection, from a table.

Source: AIAG & VDA (2019), "FMEA Handbook", 1st edition, action priority table for design and process FMEA (recalled;
check it against the handbook before a contract rests on it).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

BEST, WORST = 1, 10
PRIORITIES = ("L", "M", "H")
SEVERITY_STARTS = (1, 2, 4, 7, 9)
OCCURRENCE_STARTS = (1, 2, 4, 6, 8)
DETECTION_STARTS = (1, 2, 5, 7)
# A line for each class of severity, in it a word for each class of occurrence, a letter for each class of detection:
# everything from the lowest class to the highest.
TABLE = (
    "LLLL LLLL LLLL LLLL LLLL",  # S 1
    "LLLL LLLL LLLL LLLL LLMM",  # S 2-3
    "LLLL LLLL LLLM LMMM MMHH",  # S 4-6
    "LLLL LLMM MMMH MHHH HHHH",  # S 7-8
    "LLLL LLMH MHHH HHHH HHHH",  # S 9-10
)


def risk_priority_number(
    severity: npt.ArrayLike, occurrence: npt.ArrayLike, detection: npt.ArrayLike
) -> npt.NDArray[np.int64]:
    """Severity times occurrence times detection.

    Parameters
    ----------
    severity, occurrence, detection : array_like of int
        From 1 to 10; 10 is the gravest, the most frequent, the hardest to detect.

    Returns
    -------
    ndarray of int
        1 to 1000.
    """
    s, o, d = (_ratings(given) for given in (severity, occurrence, detection))
    return s * o * d


def action_priority(
    severity: npt.ArrayLike, occurrence: npt.ArrayLike, detection: npt.ArrayLike
) -> npt.NDArray[np.int64]:
    """Action priority of the AIAG & VDA table.

    Parameters
    ----------
    severity, occurrence, detection : array_like of int
        As in `risk_priority_number`.

    Returns
    -------
    ndarray of int
        Index in ``PRIORITIES``: 0 low (L), 1 medium (M), 2 high (H).
    """
    s, o, d = (_ratings(given) for given in (severity, occurrence, detection))
    letters = np.array([[[PRIORITIES.index(a) for a in word] for word in line.split()] for line in TABLE], np.int64)
    starts = (SEVERITY_STARTS, OCCURRENCE_STARTS, DETECTION_STARTS)
    classes = (np.digitize(given, start) - 1 for given, start in zip((s, o, d), starts, strict=True))
    return np.asarray(letters[tuple(classes)], np.int64)


def _ratings(given: npt.ArrayLike) -> npt.NDArray[np.int64]:
    ratings = np.asarray(given)
    if not np.issubdtype(ratings.dtype, np.integer) or np.any((ratings < BEST) | (ratings > WORST)):
        raise ValueError("a rating is a whole number from 1 to 10")
    return ratings.astype(np.int64)
