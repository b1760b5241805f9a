"""The filters against SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from poseapp.scoring.filters import (
    closed,
    gaussian,
    median_round,
    running_maximum,
    running_mean,
    running_median,
    running_minimum,
)

_VALUES = np.random.default_rng(7).normal(size=(40, 3, 2))


@pytest.mark.parametrize("frames", [1, 3, 40])
@pytest.mark.parametrize("sigma", [0.1, 1.8, 6.0])
def test_gaussian(frames: int, sigma: float) -> None:
    values = _VALUES[:frames]
    expected = ndimage.gaussian_filter1d(values, sigma, axis=0, mode="nearest")
    np.testing.assert_allclose(gaussian(values, sigma), expected, atol=1e-14)


@pytest.mark.parametrize("frames", [1, 3, 40])
@pytest.mark.parametrize("window", [1, 5, 13])
def test_windows(frames: int, window: int) -> None:
    values = _VALUES[:frames]
    size = (window, 1, 1)
    for ours, theirs in (
        (running_median, ndimage.median_filter),
        (running_maximum, ndimage.maximum_filter),
        (running_minimum, ndimage.minimum_filter),
    ):
        np.testing.assert_array_equal(ours(values, window), theirs(values, size, mode="nearest"))
    np.testing.assert_array_equal(
        running_maximum(values, window), ndimage.maximum_filter(values, size, mode="nearest")
    )
    np.testing.assert_array_equal(
        running_minimum(values, window), ndimage.minimum_filter(values, size, mode="nearest")
    )
    np.testing.assert_array_equal(closed(values, window), ndimage.grey_closing(values, size=size, mode="nearest"))
    np.testing.assert_allclose(
        running_mean(values[:, 0, 0], window),
        ndimage.uniform_filter1d(values[:, 0, 0], window, mode="nearest"),
        atol=1e-14,
    )


def test_a_dip_is_filled_only_if_it_is_shorter_than_the_window() -> None:
    values = np.array([1, 1, 0, 0, 1, 1, 0, 0, 0, 1.0])
    np.testing.assert_array_equal(closed(values, 3), [1, 1, 1, 1, 1, 1, 0, 0, 0, 1])


@pytest.mark.parametrize("frames", [3, 40, 3000])
@pytest.mark.parametrize("part", [0.0, 0.3, 1.0])
def test_medians_of_some_samples_are_those_of_all(frames: int, part: float) -> None:
    rng = np.random.default_rng(frames)
    values, where = rng.normal(size=(frames, 3, 2)), rng.random((frames, 3)) < part
    np.testing.assert_array_equal(median_round(values, 9, where), running_median(values, 9)[where])
