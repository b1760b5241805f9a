"""Two movements keypoint by keypoint, once it is known which moments belong together: apart, and moving otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import Keypoint
from poseapp.pose.keypoints import KEYPOINT_COUNT
from poseapp.scoring.shapes import FRAMES

__all__ = ["KeypointsCompared", "Moments"]

_ELSEWHERE = 0.45  # torso lengths; farther than that is elsewhere, however far
_PAIR_ELSEWHERE = 0.3  # the same where both sides are asked
_OWN_WAY = (0.3, 1.0)  # of the way; who goes that part of it does the same, only less of it
_LESS = 0.25  # share of the mean square difference that is left of what a shorter way explains
_OTHERWISE = 0.3  # cost of moving in no relation to each other, in torso lengths
_UNSHARED = 0.1  # cost of a reference that shows nothing of what is seen, in torso lengths
_BREATHING = 0.02  # torso lengths; smaller motions have no direction
_LIMB_SCALE = (0.85, 1.15)
_K = Keypoint
#: Arms and legs, left and right, without what they hang on.
_LIMBS = np.array(
    [
        [[_K.LEFT_ELBOW, _K.LEFT_WRIST], [_K.RIGHT_ELBOW, _K.RIGHT_WRIST]],
        [[_K.LEFT_KNEE, _K.LEFT_ANKLE], [_K.RIGHT_KNEE, _K.RIGHT_ANKLE]],
    ]
)
_SEEN = 0.15 * FRAMES  # of a limb; what is seen less says nothing about where it is
_PAIRS = np.arange(Keypoint.LEFT_SHOULDER, KEYPOINT_COUNT).reshape(-1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class KeypointsCompared:
    """A shape beside L others along their paths.

    Parameters
    ----------
    cost : ndarray, shape (L,)
        Of the path.
    share : ndarray, shape (L, 17)
        How much of each keypoint was seen in both, times how much it says.
    unshared : ndarray, shape (L,)
        How much of what is seen of `shape` those of the library do not show, 0..1.
    ours, theirs, common : ndarray, shape (L, 17)
        Energy of the motion of those of the library, of `shape`, and what both have in common, times `share`.
    apart : ndarray, shape (L, 17)
        Mean square difference, torso lengths squared, other proportions of limbs taken off.
    eased : ndarray, shape (L, 17)
        The same, with a quarter of what is explained by arms and legs that go less far from where they begin.
    scale : ndarray, shape (L, 17)
        By what the limbs of `shape` were made longer for that, the same on both sides.
    """

    cost: NDArray[np.float64]
    share: NDArray[np.float64]
    unshared: NDArray[np.float64]
    ours: NDArray[np.float64]
    theirs: NDArray[np.float64]
    common: NDArray[np.float64]
    apart: NDArray[np.float64]
    eased: NDArray[np.float64]
    scale: NDArray[np.float64]

    @property
    def distance(self) -> NDArray[np.float64]:
        """Cost of the path, how far keypoints are apart and how much they move otherwise, ``(L,)``; 0 for the same.

        All in torso lengths: the mean over the keypoints of how far they are apart (by `eased`), at most 0.45, and of
        0.3 times :attr:`moves_otherwise`; and 0.1 times `unshared`: one arm that fits is less than a body that nearly
        does.
        """
        # A limb that does something else counts, but not the more, the farther away it does it.
        elsewhere = np.minimum(np.sqrt(self.eased), _ELSEWHERE)
        unlike = elsewhere + _OTHERWISE * self.moves_otherwise
        mean = (self.share * unlike).sum(axis=1) / self.share.sum(axis=1)
        return np.asarray(self.cost + mean + _UNSHARED * self.unshared)

    @property
    def pair_elsewhere(self) -> NDArray[np.float64]:
        """How far both arms, or both legs, are from where they should be, ``(L,)`` in torso lengths, at most 0.3.

        Of either pair the side that is nearer counts, and the pair that is farther: a mistake is seldom a large one
        on both sides, another movement often is. Of a limb that is not seen in both nothing is known.
        """
        apart = np.minimum(np.sqrt(self.apart), _PAIR_ELSEWHERE)[:, _LIMBS]
        share = self.share[:, _LIMBS]
        limbs = (share * apart).sum(axis=3) / np.maximum(share.sum(axis=3), 1e-9)
        seen = share.mean(axis=3) >= _SEEN
        nearer = np.where(seen, limbs, np.inf).min(axis=2)
        return np.asarray(np.where(seen.any(axis=2), nearer, 0.0).max(axis=1))

    @property
    def moves_otherwise(self) -> NDArray[np.float64]:
        """1 minus the correlation of both motions, 0..2, shape ``(L, 17)``: half the way is still the same way.

        Where both are still it is 0; where only one is, it goes to 1.
        """
        least = _BREATHING**2
        ours, theirs = (np.maximum(energy / self.share, 0) + least for energy in (self.ours, self.theirs))
        return np.asarray(1 - (self.common / self.share + least) / np.sqrt(ours * theirs))


class Moments(NamedTuple):
    """Sums over time, all weighted alike, of what belongs together.

    Parameters
    ----------
    share : ndarray, shape (L, 17)
        Weights.
    ours, theirs, common : ndarray, shape (L, 17)
        Squares of the vectors of the library's shapes, of the other shape, and products of both.
    our_sum, their_sum : ndarray, shape (L, 17, 2)
        Vectors of the library's shapes and of the other shape.
    start : ndarray, shape (L, 17, 2)
        No sums: the vectors with which the library's shapes begin.
    """

    share: NDArray[np.float64]
    ours: NDArray[np.float64]
    theirs: NDArray[np.float64]
    common: NDArray[np.float64]
    our_sum: NDArray[np.float64]
    their_sum: NDArray[np.float64]
    start: NDArray[np.float64]

    def compared(self, cost: NDArray[np.float64], seen: NDArray[np.float64]) -> KeypointsCompared:
        """What follows from them.

        Parameters
        ----------
        cost : ndarray, shape (L,)
            Of the paths.
        seen : ndarray, shape (L,)
            What `share` would sum to if the library's shapes showed as much as the other.
        """
        share = np.maximum(self.share, 1e-9)
        our_mean, their_mean = self.our_sum / share[..., None], self.their_sum / share[..., None]
        scale = _limb_scale(self.ours, self.theirs)
        apart = np.maximum(self.ours + scale**2 * self.theirs - 2 * scale * self.common, 0) / share
        return KeypointsCompared(
            cost=cost,
            share=share,
            unshared=np.clip(1 - share.sum(axis=1) / np.maximum(seen, 1e-9), 0, 1),
            ours=self.ours - share * (our_mean**2).sum(axis=2),
            theirs=self.theirs - share * (their_mean**2).sum(axis=2),
            common=self.common - share * (our_mean * their_mean).sum(axis=2),
            apart=apart,
            eased=apart - (1 - _LESS) * np.maximum(apart - self._beside_the_way(share, scale), 0),
            scale=scale,
        )

    def _beside_the_way(self, share: NDArray[np.float64], scale: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean square difference ``(L, 17)`` from the library's shape whose arms and legs go as far as the other's.

        Each limb as far as fits best (regression of one departure from the start on the other): a limb that goes
        half the way is, all the time, between where it should be and where it began.
        """
        here = share * (self.start**2).sum(axis=2)
        our_part, their_part = ((self.start * sums).sum(axis=2) for sums in (self.our_sum, self.their_sum))
        ours = self.ours - 2 * our_part + here
        theirs = scale**2 * self.theirs - 2 * scale * their_part + here
        common = scale * self.common - our_part - scale * their_part + here
        way = np.ones_like(ours)
        of_both, needed = common[:, _LIMBS].sum(axis=3), np.maximum(ours[:, _LIMBS].sum(axis=3), 1e-9)
        way[:, _LIMBS] = np.clip(of_both / needed, *_OWN_WAY)[..., None]
        return np.asarray(np.maximum(theirs - 2 * way * common + way**2 * ours, 0) / share)


def _limb_scale(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Factors ``(L, 17)`` on the second that bring the mean squares ``(L, 17)`` of both to the same, pair by pair."""
    scale = np.ones_like(ours)
    of_both, needed = ours[:, _PAIRS].sum(axis=2), theirs[:, _PAIRS].sum(axis=2)
    factor = np.clip(np.sqrt(of_both / np.maximum(needed, 1e-9)), *_LIMB_SCALE)
    scale[:, _PAIRS] = factor[..., None]
    return scale
