"""PoseNet's decoder against people built in closed form and against the public algorithm told step by step."""

from __future__ import annotations

import heapq

import numpy as np
import pytest
from numpy.typing import NDArray

from poseapp.pose import Pose
from poseapp.vision.posenet_decode import MAX_ROOTS, decode_people

_STRIDE = 16
#: The tree as the public decoder lists it, which is the order of the displacement channels.
_CHAIN = (
    (0, 1), (1, 3), (0, 2), (2, 4), (0, 5), (5, 7), (7, 9), (5, 11), (11, 13), (13, 15),
    (0, 6), (6, 8), (8, 10), (6, 12), (12, 14), (14, 16),
)  # fmt: skip

Heads = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


def _heads_of(people: list[NDArray[np.float64]], rows: int = 33, columns: int = 33, logit: float = 4.0) -> Heads:
    """What a perfect network would say of `people`, each (17, 2) x, y in input pixels."""
    y, x = (axis * _STRIDE for axis in np.mgrid[0:rows, 0:columns])
    heatmap = np.full((rows, columns, 17), -6.0)
    offset = np.zeros((rows, columns, 34))
    forward, backward = np.zeros((2, rows, columns, 32))
    for person in people:
        for k, (px, py) in enumerate(person):
            distance = np.hypot(x - px, y - py)
            near = distance < 2 * _STRIDE
            heatmap[..., k] = np.where(near, np.maximum(heatmap[..., k], logit - distance / _STRIDE), heatmap[..., k])
            offset[near, k], offset[near, 17 + k] = (py - y)[near], (px - x)[near]
            for e, (parent, child) in enumerate(_CHAIN):
                for start, end, field in ((parent, child, forward), (child, parent, backward)):
                    if start == k:
                        field[near, e] = person[end, 1] - person[start, 1]
                        field[near, 16 + e] = person[end, 0] - person[start, 0]
    return tuple(head.astype(np.float32) for head in (heatmap, offset, forward, backward))  # type: ignore[return-value]


def _people(standing: Pose, count: int) -> list[NDArray[np.float64]]:
    """`count` people beside each other, no two keypoints of a kind nearer than 90 px."""
    body = (standing.xy - standing.xy.min(axis=0)).astype(np.float64)
    return [body * (1 - 0.02 * i) + (20.3 + 98 * i, 60.7 + 5 * i) for i in range(count)]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_people_are_found_where_they_are(standing: Pose, count: int) -> None:
    people = _people(standing, count)
    found = decode_people(*_heads_of(people), _STRIDE)
    assert len(found.xy) == count
    order = np.argsort(found.xy[:, :, 0].mean(axis=1))
    np.testing.assert_allclose(found.xy[order], people, atol=0.01)


def test_left_stays_left(standing: Pose) -> None:
    mirrored = standing.mirrored(400).xy.astype(np.float64)
    found = decode_people(*_heads_of([mirrored]), _STRIDE)
    np.testing.assert_allclose(found.xy[0], mirrored, atol=0.01)


def test_confidence_is_the_sigmoid_of_the_logit(standing: Pose) -> None:
    cell = np.round(standing.xy.astype(np.float64) / _STRIDE) * _STRIDE
    found = decode_people(*_heads_of([cell], logit=2.0), _STRIDE)
    np.testing.assert_allclose(found.confidence[0], 1 / (1 + np.exp(-2.0)), rtol=1e-5)
    assert found.score[0] == pytest.approx(1 / (1 + np.exp(-2.0)), rel=1e-5)


def test_a_faint_keypoint_keeps_its_place_and_its_doubt(standing: Pose) -> None:
    heads = _heads_of([standing.xy.astype(np.float64)])
    heads[0][..., 9] = -3.0
    found = decode_people(*heads, _STRIDE)
    np.testing.assert_allclose(found.xy[0], standing.xy, atol=0.01)
    assert found.confidence[0, 9] == pytest.approx(1 / (1 + np.exp(3.0)), rel=1e-4)


def test_nobody() -> None:
    heads = [np.zeros((17, 17, n), dtype=np.float32) for n in (17, 34, 32, 32)]
    heads[0] -= 0.01
    found = decode_people(*heads, _STRIDE)
    assert found.xy.shape == (0, 17, 2)
    assert found.confidence.shape == (0, 17)


def test_a_lonely_keypoint_is_not_a_person() -> None:
    heads = [np.zeros((17, 17, n), dtype=np.float32) for n in (17, 34, 32, 32)]
    heads[0] -= 8.0
    heads[0][5, 6, 9] = 5.0
    assert len(decode_people(*heads, _STRIDE).xy) == 0


def test_the_surest_person_comes_first(standing: Pose) -> None:
    people = _people(standing, 2)
    heads = _heads_of(people)
    heads[0][:, :7] -= 1.0  # the left one
    found = decode_people(*heads, _STRIDE)
    assert found.score[0] > found.score[1]
    assert found.xy[0, :, 0].mean() > found.xy[1, :, 0].mean()


def test_a_picture_full_of_keypoints_is_bounded() -> None:
    heads = [np.zeros((33, 33, n), dtype=np.float32) for n in (17, 34, 32, 32)]
    heads[0][::2, ::2] = 3.0
    assert 0 < len(decode_people(*heads, _STRIDE, min_score=0.0).xy) <= MAX_ROOTS


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("shape", [(17, 17), (31, 41), (9, 30)])
def test_agrees_with_the_algorithm_told_step_by_step(seed: int, shape: tuple[int, int]) -> None:
    """Random heads lead chains everywhere: across borders, onto each other, round in circles."""
    rng = np.random.default_rng(seed)
    heads = tuple(
        (rng.normal(mean, spread, (*shape, channels))).astype(np.float32)
        for mean, spread, channels in ((-4.2, 1.5, 17), (0, 8, 34), (0, 40, 32), (0, 40, 32))
    )
    found = decode_people(*heads, _STRIDE, min_score=0.0)
    expected = _step_by_step(*heads)
    assert len(expected) > 3
    assert len(found.xy) == len(expected)
    for i, (yx, confidence, score) in enumerate(sorted(expected, key=lambda person: -person[2])):
        np.testing.assert_allclose(found.xy[i], _vote(yx, heads[0], heads[1])[:, ::-1], atol=1e-3)
        np.testing.assert_allclose(found.confidence[i], confidence, atol=1e-5)
        assert found.score[i] == pytest.approx(score, abs=1e-5)


def _step_by_step(
    heatmap: NDArray[np.float32],
    offset: NDArray[np.float32],
    forward: NDArray[np.float32],
    backward: NDArray[np.float32],
) -> list[tuple[NDArray[np.float64], NDArray[np.float64], float]]:
    """The public multi-person decoder, one root, one edge and one cell at a time."""
    rows, columns, _ = heatmap.shape
    queue: list[tuple[float, int, int, int]] = []
    for y in range(rows):
        for x in range(columns):
            for k in range(17):
                around = heatmap[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2, k]
                if heatmap[y, x, k] >= 0 and heatmap[y, x, k] >= around.max():
                    heapq.heappush(queue, (-float(heatmap[y, x, k]), y, x, k))
    people: list[tuple[NDArray[np.float64], NDArray[np.float64], float]] = []

    def cell(yx: NDArray[np.float64]) -> tuple[int, int]:
        y, x = np.round(yx / _STRIDE)
        return int(np.clip(y, 0, rows - 1)), int(np.clip(x, 0, columns - 1))

    def refined(at: tuple[int, int], k: int) -> NDArray[np.float64]:
        return np.array(at) * _STRIDE + np.array([offset[at][k], offset[at][17 + k]], dtype=np.float64)

    def taken(yx: NDArray[np.float64], k: int) -> bool:
        return any(((other[k] - yx) ** 2).sum() <= 20**2 for other, _, _ in people)

    while queue:
        logit, y, x, root = heapq.heappop(queue)
        place = refined((y, x), root)
        if taken(place, root):
            continue
        yx, confidence = np.zeros((17, 2)), np.zeros(17)
        yx[root], confidence[root] = place, 1 / (1 + np.exp(logit))
        reached = {root}
        backwards = [(e, child, parent, backward) for e, (parent, child) in enumerate(_CHAIN)]
        forwards = [(e, parent, child, forward) for e, (parent, child) in enumerate(_CHAIN)]
        for e, start, end, field in [*reversed(backwards), *forwards]:
            if start not in reached or end in reached:
                continue
            at = cell(yx[start])
            landing = yx[start] + np.array([field[at][e], field[at][16 + e]], dtype=np.float64)
            for _ in range(2):
                landing = refined(cell(landing), end)
            yx[end] = landing
            confidence[end] = 1 / (1 + np.exp(-float(heatmap[cell(landing)][end])))
            reached.add(end)
        score = sum(confidence[k] for k in range(17) if not taken(yx[k], k)) / 17
        people.append((yx, confidence, float(score)))
    return people


def _vote(yx: NDArray[np.float64], heatmap: NDArray[np.float32], offset: NDArray[np.float32]) -> NDArray[np.float64]:
    """Each keypoint at the mean vote of the 5 × 5 cells around it, one cell at a time."""
    rows, columns, _ = heatmap.shape
    places = yx.copy()
    for k in range(17):
        row, column = np.round(yx[k] / _STRIDE).astype(int)
        total, weight = np.zeros(2), 0.0
        for y in range(max(row - 2, 0), min(row + 3, rows)):
            for x in range(max(column - 2, 0), min(column + 3, columns)):
                vote = np.array([y, x]) * _STRIDE + offset[y, x, [k, 17 + k]].astype(np.float64)
                near = np.exp(-((vote - yx[k]) ** 2).sum() / (2 * 8**2))
                sure = near / (1 + np.exp(-float(heatmap[y, x, k])))
                total, weight = total + sure * vote, weight + sure
        if weight > 1e-6:
            places[k] = total / weight
    return places


def test_a_chain_that_steps_over_to_the_other_leg_is_led_back(standing: Pose) -> None:
    """From the right hip down it leads to the left knee; the right knee is surer of itself and knows its hip."""
    xy = standing.xy.astype(np.float64) * 1.5
    heatmap, offset, forward, backward = _heads_of([xy])
    (edge,) = (e for e, (parent, child) in enumerate(_CHAIN) if (parent, child) == (12, 14))
    to_the_left = xy[13] - xy[14]
    forward[..., edge] += np.where(forward[..., edge] != 0, to_the_left[1], 0).astype(np.float32)
    forward[..., 16 + edge] += np.where(forward[..., edge] != 0, to_the_left[0], 0).astype(np.float32)
    heatmap[..., [14, 16]] -= 1.0  # so that no chain of the first person begins there
    found = decode_people(heatmap, offset, forward, backward, _STRIDE)
    assert len(found.xy) == 1
    np.testing.assert_allclose(found.xy[0], xy, atol=0.5)
