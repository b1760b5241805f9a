"""Channels of `tools.motion` to a posed body: the avatar performs exactly what the one vocabulary says.

Trunk and arms by forward kinematics, legs by two-bone reach to planted ankles, skin by linear blending
(Magnenat-Thalmann et al. 1988). The kinematics are those of `tools.motion.kinematics` on this body's own bones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tools.motion.channels import SLICES, WIDTH
from tools.motion.kinematics import rotation

from .body import AvatarBody
from .hands import finger_bends
from .limbs import (
    ArmAim,
    ArmRest,
    FootRest,
    LegAim,
    LegRest,
    aim_arm,
    aim_leg,
    collar_turn,
    foot_turns,
    thigh_half,
    upper_arm_half,
)
from .turns import about, applied, part_of, unit

__all__ = ["Motion", "Posed", "Rig", "skinned"]

Array = NDArray[np.float64]

_SPINE: Final = {"spine05": 0.15, "spine04": 0.25, "spine03": 0.25, "spine02": 0.2, "spine01": 0.15}
_NECK: Final = {"neck01": 0.3, "neck02": 0.2, "neck03": 0.2, "head": 0.3}
_SIDES: Final = (("l", "L", 1.0), ("r", "R", -1.0))
_STANCE = 1.1  # ankles stand a little further apart than the hips
_STRAIGHTEST = 0.992  # a standing leg is never quite locked
_STANDING_AIR = 0.3
_PASSES = 3  # lowering the pelvis moves the hips a little, so the reach is checked again


def skinned(points: Array, weights: Any, bone_matrices: Array) -> Array:
    """Move rest-pose points with the bones: linear blend skinning.

    Parameters
    ----------
    points : ndarray, shape (N, 3)
        In the rest pose, metres.
    weights : sparse array, shape (N, J)
        Rows of :attr:`AvatarBody.weights`.
    bone_matrices : ndarray, shape (J, 3, 4)
        Of :attr:`Posed.bone_matrices`.

    Returns
    -------
    ndarray, shape (N, 3)
    """
    blended = (weights @ bone_matrices.reshape(len(bone_matrices), 12)).reshape(-1, 3, 4)
    return np.asarray(np.einsum("nab,nb->na", blended[:, :, :3], points) + blended[:, :, 3])


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A body in one posture.

    Parameters
    ----------
    vertices : ndarray, shape (V, 3)
        Metres; the person looks along -y and stands on z = 0.
    rotations : ndarray, shape (J, 3, 3)
        Turn of every bone against the rest pose.
    heads : ndarray, shape (J, 3)
        Where every bone begins.
    bone_matrices : ndarray, shape (J, 3, 4)
        Rest pose to posture, for :func:`skinned`.
    """

    vertices: Array
    rotations: Array
    heads: Array
    bone_matrices: Array


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """A body over time: bones and keypoints of every frame; `len()` frames.

    Parameters
    ----------
    rig : Rig
        Whose.
    rotations : ndarray, shape (T, J, 3, 3)
        Turn of every bone against the rest pose.
    heads : ndarray, shape (T, J, 3)
        Where every bone begins, metres.
    keypoints : ndarray, shape (T, 17, 3)
        COCO-17, metres; what the regressor says of the skinned mesh, without skinning it.
    """

    rig: Rig
    rotations: Array
    heads: Array
    keypoints: Array

    def __len__(self) -> int:
        return len(self.heads)

    def __getitem__(self, frame: int) -> Posed:
        """The mesh at one frame."""
        turns, heads = self.rotations[frame], self.heads[frame]
        body = self.rig.body
        matrices = np.concatenate((turns, (heads - applied(turns, body.heads))[:, :, None]), axis=2)
        return Posed(skinned(body.vertices, body.weights, matrices), turns, heads, matrices)


class Rig:
    """Poses one body.

    Parameters
    ----------
    body : AvatarBody
        Whose.
    """

    def __init__(self, body: AvatarBody) -> None:
        self.body = body
        head = body.head
        self._at = {name: i for i, name in enumerate(body.bones)}
        self._arms = {s: _arm_rest(body, bone_side) for s, bone_side, _ in _SIDES}
        self._legs = {s: _leg_rest(body, bone_side) for s, bone_side, _ in _SIDES}
        self._feet = {s: _foot_rest(body, bone_side, sign) for s, bone_side, sign in _SIDES}
        self._fingers = {s: tuple(finger_bends(body, bone_side)) for s, bone_side, _ in _SIDES}
        self._hips = np.array([head("upperleg01.L"), head("upperleg01.R")])
        self._centre = self._hips.mean(axis=0)
        rest = self._legs["l"]
        self.leg = rest.thigh_length + rest.shank_length
        # Keypoints are linear in the bones' matrices: regressor x weights, once, instead of skinning every frame.
        weights, regressor = body.weights, body.regressor
        self._point_share = (regressor @ weights).toarray()
        places = [(regressor @ weights.multiply(body.vertices[:, [axis]])).toarray() for axis in range(3)]
        self._point_places = np.stack(places, axis=-1) - self._point_share[:, :, None] * body.heads

    def pose(self, channels: Array) -> Posed:
        """The body in the posture of one row of channels, shape (WIDTH,)."""
        return self.motion(np.asarray(channels)[None])[0]

    def keypoints(self, posed: Posed) -> Array:
        """COCO-17 keypoints of a posture, shape (17, 3), metres."""
        return np.asarray(self.body.regressor @ posed.vertices)

    def motion(self, channels: Array) -> Motion:
        """The body over time.

        Parameters
        ----------
        channels : ndarray, shape (T, WIDTH)
            Postures, such as :attr:`tools.motion.Performance.channels`.

        Raises
        ------
        ValueError
            Not that shape.
        """
        if channels.ndim != 2 or channels.shape[1] != WIDTH:
            raise ValueError(f"channels have shape {channels.shape}, not (T, {WIDTH})")
        get = {name: channels[:, columns] for name, columns in SLICES.items()}
        turns, heads = self._bones(get)
        points = np.einsum("tjab,kjb->tka", turns, self._point_places)
        points += np.einsum("kj,tja->tka", self._point_share, heads)
        return Motion(self, turns, heads, points)

    def _bones(self, get: dict[str, Array]) -> tuple[Array, Array]:
        pelvis_turn = rotation(get["pelvis"])
        pelvis, ankles = self._planted(get, pelvis_turn)
        chest, local = self._trunk_and_head(get, pelvis_turn)
        arms = {s: self._aim_arm(get, chest, s, sign) for s, _, sign in _SIDES}
        for s, bone_side, sign in _SIDES:
            upper = applied(arms[s].upper, self._arms[s].upper)
            local[f"clavicle.{bone_side}"] = collar_turn(
                upper, chest, get[f"shrug_{s}"][:, 0], get[f"protract_{s}"][:, 0], sign
            )
            for bone, axis, degrees in self._fingers[s]:
                local[self.body.bones[bone]] = about(axis, degrees * get[f"fist_{s}"][:, 0])
        legs = self._aim_legs(get, pelvis, pelvis_turn, ankles)
        feet = {
            s: foot_turns(ankles[s], legs[s].shank, get[f"foot_{s}"], sign, self._feet[s]) for s, _, sign in _SIDES
        }
        frames, body = len(pelvis), self.body
        turns = np.empty((frames, len(body.bones), 3, 3))
        heads = np.empty((frames, len(body.bones), 3))
        turns[:, 0] = pelvis_turn
        heads[:, 0] = pelvis + applied(pelvis_turn, body.heads[0] - self._centre)
        for i, name in enumerate(body.bones[1:], start=1):
            parent = body.parents[i]
            above = turns[:, parent]
            heads[:, i] = heads[:, parent] + applied(above, body.heads[i] - body.heads[parent])
            if name in local:
                turns[:, i] = above @ local[name]
            else:
                s = name[-1].lower()
                turns[:, i] = self._limb_bone(name[:-2], s, above, arms, legs, feet)
        return turns, heads

    def _limb_bone(
        self,
        bone: str,
        s: str,
        above: Array,
        arms: dict[str, ArmAim],
        legs: dict[str, LegAim],
        feet: dict[str, tuple[Array, Array]],
    ) -> Array:
        """Orientation of a bone of an arm or leg; any other goes with the bone `above` it."""
        match bone:
            case "upperarm01":
                return upper_arm_half(arms[s], above, self._arms[s])
            case "upperarm02":
                return arms[s].upper
            case "lowerarm01" | "lowerarm02" | "wrist":
                return arms[s].lower
            case "upperleg01":
                return thigh_half(legs[s], above, self._legs[s])
            case "upperleg02":
                return legs[s].thigh
            case "lowerleg01" | "lowerleg02":
                return legs[s].shank
            case "foot":
                return feet[s][0]
            case "toe1-1" | "toe2-1" | "toe3-1" | "toe4-1" | "toe5-1":
                return np.asarray(above @ about(np.array([1.0, 0, 0]), -feet[s][1]))
        return above

    def _trunk_and_head(self, get: dict[str, Array], pelvis_turn: Array) -> tuple[Array, dict[str, Array]]:
        """Orientation of the chest, and turns of the bones of spine and neck against their parents."""
        spine = rotation(get["spine"])
        chest = pelvis_turn @ spine
        head = part_of(chest, 1 - get["head_level"][:, 0]) @ rotation(get["head"])
        nod = np.swapaxes(chest, 1, 2) @ head
        whole = np.ones(len(chest))
        local = {bone: part_of(spine, share * whole) for bone, share in _SPINE.items()}
        local |= {bone: part_of(nod, share * whole) for bone, share in _NECK.items()}
        return chest, local

    def _aim_arm(self, get: dict[str, Array], chest: Array, s: str, sign: float) -> ArmAim:
        base = part_of(chest, 1 - get[f"world_{s}"][:, 0])
        upper, lower, elbow = (
            applied(base, unit(_room(get[f"{name}_{s}"], sign))) for name in ("upper_arm", "forearm", "elbow")
        )
        return aim_arm(upper, lower, elbow, self._arms[s])

    def _aim_legs(
        self, get: dict[str, Array], pelvis: Array, pelvis_turn: Array, ankles: dict[str, Array]
    ) -> dict[str, LegAim]:
        return {
            s: aim_leg(
                pelvis + applied(pelvis_turn, self._hips[i] - self._centre),
                ankles[s],
                _room(get[f"knee_{s}"], sign),
                self._legs[s],
            )
            for i, (s, _, sign) in enumerate(_SIDES)
        }

    def _planted(self, get: dict[str, Array], pelvis_turn: Array) -> tuple[Array, dict[str, Array]]:
        """Middle of the hips and both ankles: standing feet stay, the pelvis gives way until they reach."""
        ankles = {}
        for i, (s, _, sign) in enumerate(_SIDES):
            rest = self._feet[s].ankle_height
            home = np.array([self._hips[i, 0] * _STANCE, self._centre[1], rest])
            ankles[s] = home + _room(get[f"ankle_{s}"], sign) * self.leg
        home = np.array([0, self._centre[1], self.leg + self._feet["l"].ankle_height])
        pelvis = home + _room(get["root"]) * self.leg
        for _ in range(_PASSES):
            low = np.zeros(len(pelvis))
            for i, (s, _, _) in enumerate(_SIDES):
                way = ankles[s] - pelvis - applied(pelvis_turn, self._hips[i] - self._centre)
                height = np.sqrt(np.maximum((self.leg * _STRAIGHTEST) ** 2 - way[:, 0] ** 2 - way[:, 1] ** 2, 1e-6))
                standing = get[f"air_{s}"][:, 0] < _STANDING_AIR
                low = np.where(standing, np.maximum(low, -way[:, 2] - height), low)
            pelvis[:, 2] -= low
        return pelvis, ankles


def _room(vectors: Array, sign: float = 1.0) -> Array:
    """(outward, forward, up) of one side to room axes."""
    return np.asarray(vectors * np.array([sign, -1.0, 1.0]))


def _arm_rest(body: AvatarBody, side: str) -> ArmRest:
    shoulder, elbow, wrist = (body.head(f"{bone}.{side}") for bone in ("upperarm01", "lowerarm01", "wrist"))
    return ArmRest(unit(elbow - shoulder), unit(wrist - elbow))


def _leg_rest(body: AvatarBody, side: str) -> LegRest:
    hip, knee, ankle = (body.head(f"{bone}.{side}") for bone in ("upperleg01", "lowerleg01", "foot"))
    lengths = np.linalg.norm(knee - hip), np.linalg.norm(ankle - knee)
    return LegRest(unit(knee - hip), unit(ankle - knee), float(lengths[0]), float(lengths[1]))


def _foot_rest(body: AvatarBody, side: str, sign: float) -> FootRest:
    ankle = body.head(f"foot.{side}")
    ball = np.mean([body.head(f"toe{toe}-1.{side}") for toe in "12345"], axis=0)
    ahead = ball - ankle
    across = float(np.hypot(ahead[0], ahead[1]))
    return FootRest(
        toes_out=float(np.rad2deg(np.arctan2(sign * ahead[0], -ahead[1]))),
        ball=float(np.hypot(across, ahead[2])),
        slope=float(np.rad2deg(np.arctan2(-ahead[2], across))),
        ankle_height=float(ankle[2]),
        ball_height=float(ball[2]),
    )
