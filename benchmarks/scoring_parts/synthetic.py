"""Right and wrong attempts of our own making: what is given for them, and what is said about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from scipy.stats import spearmanr

from benchmarks.scoring_parts import named
from benchmarks.scoring_parts.options import Options, auc, total_or_zero
from benchmarks.scoring_parts.synthetic_cases import Result, attempts_at, reference_of, references
from benchmarks.scoring_parts.table import Cell, Goal, Part, Row, at_least, at_most, spread

__all__ = ["CLEAR", "LIMITS", "VISIBLE", "amplitude_hidden", "amplitude_seen", "measure", "parts", "severity"]

#: Degrees from which a fault counts as visible and as clear, see `tools.motion.faults.visible_degrees`.
VISIBLE, CLEAR = 10.0, 20.0
_PERFECT = 95.0
#: Impostors and the score that none may exceed.
LIMITS = {
    "still, first frame": 10,
    "still, median pose": 10,
    "keypoint noise": 5,
    "another action": 20,
    "shuffled frames": 30,
    "backwards": 40,
}
#: Nuisances under which a perfect repeat must stay perfect; the others are shown without a goal.
REQUIRED = (
    "same again", "tempo 0.6-1.6", "proportions", "distance", "place, scale, roll 5", "noise 2 %", "noise 3 %",
    "dropouts", "15 fps", "60 fps", "idle before and after", "mirrored",
)  # fmt: skip


def measure(options: Options) -> list[Result]:
    """Score every attempt at every reference."""
    results = []
    for name, action, view in references(options.sets, options.quick):
        options.say(f"{name}: {action.title}, {view}")
        reference = reference_of(action, view)
        results += [
            Result(name, action, view, case, options.cards(reference, case.attempt))
            for case in attempts_at(action, view, options.quick)
        ]
    return results


def parts(options: Options) -> list[Part]:
    """Three tables: right ones, wrong ones, and those that did not do it."""
    results = measure(options)
    columns = [(f"{m}, {s}", m, s) for m in options.methods for s in options.sets]

    def row(name: str, goal: Goal | None, value: object, *, digits: int = 1) -> Row:
        cells = {}
        for column, method, of in columns:
            found = value([r for r in results if r.set == of], method)  # type: ignore[operator]
            if found is not None:
                numbers, cases = found
                cells[column] = Cell(numbers, digits, cases)
        return Row(name, cells, goal)

    count = len({(r.action.name, r.view) for r in results})
    right = [
        row("perfect repeat ≥ 95, % of cases", at_least(98), lambda rs, m: _perfect(_repeats(rs, REQUIRED), m)),
        row("yaw ±15°, mean score", at_least(97), lambda rs, m: _mean(_repeats(rs, ("yaw 15",)), m)),
    ]
    nuisances = list(dict.fromkeys(r.case.name for r in results if r.case.kind == "repeat"))
    right += [
        row(f"  {n}: median, lowest", None, lambda rs, m, n=n: _median_lowest(_repeats(rs, (n,)), m))
        for n in nuisances
    ]
    wrong = [
        row("AUC right / wrong, visible faults", at_least(0.99), lambda rs, m: _auc(rs, m, VISIBLE), digits=3),
        row("AUC right / wrong, clear faults", at_least(0.999), lambda rs, m: _auc(rs, m, CLEAR), digits=4),
        row("median score under a visible fault", at_most(40), _fault_median),
        row(
            "Spearman, score and lost amplitude",
            at_most(-0.98),
            lambda rs, m: severity(amplitude_seen(rs), m),
            digits=3,
        ),
        row("  the same where the view hides it", None, lambda rs, m: severity(amplitude_hidden(rs), m), digits=3),
        row("broken off half-way: median, highest", None, lambda rs, m: _median_highest(_of(rs, "broken off"), m)),
        *named.rows(row, VISIBLE),
    ]
    zero = [
        row(f"{name}: median / p90 / max", at_most(limit), lambda rs, m, name=name: _impostor(rs, m, name))
        for name, limit in LIMITS.items()
    ]
    zero.append(
        row("backwards, own reverse: median, lowest", None, lambda rs, m: _median_lowest(_own_reverse(rs), m))
    )
    note = f"{count} references, {len(results)} attempts, faults from {VISIBLE:g}° visible, {CLEAR:g}° clear"
    return [
        Part("Synthetic: the right movement", right, note),
        Part("Synthetic: mistakes", wrong, _hidden_note(results)),
        Part("Synthetic: the honest zero", zero, "no total counts as 0; the maximum is what must keep the limit"),
    ]


def _of(results: Sequence[Result], kind: str) -> list[Result]:
    return [r for r in results if r.case.kind == kind]


def _repeats(results: Sequence[Result], names: Sequence[str]) -> list[Result]:
    return [r for r in results if r.case.kind == "repeat" and r.case.name in names]


def _own_reverse(results: Sequence[Result]) -> list[Result]:
    return [r for r in results if r.case.name == "backwards, own reverse"]


def _totals(results: Sequence[Result], method: str) -> list[float]:
    return [total_or_zero(r.cards[method]) for r in results]


Found = tuple[tuple[float, ...], int] | None


def _perfect(results: Sequence[Result], method: str) -> Found:
    totals = _totals(results, method)
    return (100 * float(np.mean([x >= _PERFECT for x in totals])),), len(totals)


def _mean(results: Sequence[Result], method: str) -> Found:
    return ((float(np.mean(_totals(results, method))),), len(results)) if results else None


def _median_lowest(results: Sequence[Result], method: str) -> Found:
    totals = _totals(results, method)
    return ((float(np.median(totals)), min(totals)), len(totals)) if totals else None


def _median_highest(results: Sequence[Result], method: str) -> Found:
    totals = _totals(results, method)
    return ((float(np.median(totals)), max(totals)), len(totals)) if totals else None


def _visible_faults(results: Sequence[Result], degrees: float) -> list[Result]:
    return [r for r in _of(results, "fault") if r.case.degrees >= degrees]


def _auc(results: Sequence[Result], method: str, degrees: float) -> Found:
    right = _totals(_repeats(results, REQUIRED), method)
    wrong = _totals(_visible_faults(results, degrees), method)
    return (auc(right, wrong),), len(wrong)


def _fault_median(results: Sequence[Result], method: str) -> Found:
    totals = _totals(_visible_faults(results, VISIBLE), method)
    return ((float(np.median(totals)),), len(totals)) if totals else None


def amplitude_seen(results: Sequence[Result]) -> list[Result]:
    """Series of graded amplitudes in which the camera sees it: the least one differs as much as a visible fault does.

    Where less of the movement lies in the picture, what is lost is as small as the differences between two bodies,
    which are drawn anew for every grade. The others are in :func:`amplitude_hidden`, a row of their own.
    """
    return [r for r in _of(results, "graded") if r.case.degrees >= VISIBLE]


def amplitude_hidden(results: Sequence[Result]) -> list[Result]:
    """The other series, see :func:`amplitude_seen`."""
    return [r for r in _of(results, "graded") if r.case.degrees < VISIBLE]


def _hidden_note(results: Sequence[Result]) -> str:
    hidden = {f"{r.action.title}, {r.view} ({r.case.degrees:.0f}°)": None for r in amplitude_hidden(results)}
    return f"amplitude hidden, less than {VISIBLE:g}° between all and least of it: {'; '.join(hidden) or 'none'}"


def severity(results: Sequence[Result], method: str) -> Found:
    """Mean over references of Spearman's correlation; a reference whose scores are all the same counts as 0."""
    series: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for r in results:
        series[r.action.name, r.view].append((1 - r.case.keep, total_or_zero(r.cards[method])))
    found = []
    for pairs in series.values():
        lost, totals = zip(*pairs, strict=True)
        found.append(float(spearmanr(lost, totals).statistic) if len(set(totals)) > 1 else 0.0)
    return ((float(np.mean(found)),), len(found)) if found else None


def _impostor(results: Sequence[Result], method: str, name: str) -> Found:
    totals = [total_or_zero(r.cards[method]) for r in results if r.case.name == name]
    return (spread(totals), len(totals)) if totals else None
