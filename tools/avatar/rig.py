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
from .hands import finger_joints
from .limbs import ArmRest, FootRest, LegRest, aim_arm, aim_leg, collar_turn, foot_turns, part_twisted
from .turns import about, applied, part_of, unit

__all__ = ["Motion", "Posed", "Rig", "skinned"]

Array = NDArray[np.float64]

_SPINE: Final = {"spine05": 0.15, "spine04": 0.25, "spine03": 0.25, "spine02": 0.2, "spine01": 0.15}
_NECK: Final = {"neck01": 0.3, "neck02": 0.2, "neck03": 0.2, "head": 0.3}
_SIDES: Final = (("l", "L", 1.0), ("r", "R", -1.0))
_LIMB_SPANS: Final = (
    ("lowerarm01", "upperarm01", "upperarm02"), ("wrist", "lowerarm01", "lowerarm01"),
    ("lowerleg01", "upperleg01", "upperleg02"), ("foot", "lowerleg01", "lowerleg01"),
)  # fmt: skip
_HINGE: Final = np.array([1.0, 0, 0])
_UPPER_ARM_TWIST = 0.45  # the half of the upper arm next to the shoulder takes less than half of the arm's twist
_THIGH_TWIST = 0.5
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
        self._arms = {s: ArmRest.of(body, bone_side) for s, bone_side, _ in _SIDES}
        self._legs = {s: LegRest.of(body, bone_side) for s, bone_side, _ in _SIDES}
        self._feet = {s: FootRest.of(body, bone_side) for s, bone_side, _ in _SIDES}
        self._fingers = {s: tuple(finger_joints(body, bone_side)) for s, bone_side, _ in _SIDES}
        self._twisting = {
            f"{bone}01.{bone_side}": (f"{bone}02.{bone_side}", direction, part)
            for s, bone_side, _ in _SIDES
            for bone, direction, part in (
                ("upperarm", self._arms[s].upper, _UPPER_ARM_TWIST),
                ("upperleg", self._legs[s].thigh, _THIGH_TWIST),
            )
        }
        # The two halves of an upper arm or thigh are twisted apart, which must not displace the elbow or knee.
        self._spans = {
            body.bone(f"{end}.{side}"): (body.bone(f"{start}.{side}"), body.bone(f"{turn}.{side}"))
            for side in "LR"
            for end, start, turn in _LIMB_SPANS
        }
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
        room: dict[str, Array] = {}
        for i, (s, bone_side, sign) in enumerate(_SIDES):
            self._arm(get, chest, (s, bone_side, sign), local, room)
            hip = pelvis + applied(pelvis_turn, self._hips[i] - self._centre)
            self._leg(get, hip, ankles[s], (s, bone_side, sign), local, room)
        return self._chained(pelvis, pelvis_turn, local, room)

    def _chained(
        self, pelvis: Array, pelvis_turn: Array, local: dict[str, Array], room: dict[str, Array]
    ) -> tuple[Array, Array]:
        """All bones, from the pelvis outwards.

        `local` are turns against the bone before, `room` orientations that are known already; a bone in neither goes
        with the one before.
        """
        body, frames = self.body, len(pelvis)
        turns = np.empty((frames, len(body.bones), 3, 3))
        heads = np.empty((frames, len(body.bones), 3))
        turns[:, 0] = pelvis_turn
        heads[:, 0] = pelvis + applied(pelvis_turn, body.heads[0] - self._centre)
        for i, name in enumerate(body.bones[1:], start=1):
            parent = body.parents[i]
            above = turns[:, parent]
            start, turn = self._spans.get(i, (parent, parent))
            heads[:, i] = heads[:, start] + applied(turns[:, turn], body.heads[i] - body.heads[start])
            if name in room:
                turns[:, i] = room[name]
            elif name in local:
                turns[:, i] = above @ local[name]
            elif name in self._twisting:
                lower_half, direction, part = self._twisting[name]
                turns[:, i] = part_twisted(room[lower_half], above, direction, part)
            else:
                turns[:, i] = above
        return turns, heads

    def _arm(
        self,
        get: dict[str, Array],
        chest: Array,
        which: tuple[str, str, float],
        local: dict[str, Array],
        room: dict[str, Array],
    ) -> None:
        """Put the bones of an arm into `local` and `room`."""
        s, side, sign = which
        base = part_of(chest, 1 - get[f"world_{s}"][:, 0])
        upper, lower, elbow = (
            applied(base, unit(_room(get[f"{name}_{s}"], sign))) for name in ("upper_arm", "forearm", "elbow")
        )
        local[f"clavicle.{side}"] = collar_turn(
            upper, chest, get[f"shrug_{s}"][:, 0], get[f"protract_{s}"][:, 0], sign
        )
        upper_turn, lower_turn = aim_arm(upper, lower, elbow, self._arms[s])
        palm = -sign * get[f"palm_{s}"][:, 0]
        room[f"upperarm02.{side}"] = upper_turn
        room[f"lowerarm01.{side}"] = lower_turn
        room[f"lowerarm02.{side}"] = about(lower, palm / 2) @ lower_turn
        room[f"wrist.{side}"] = about(lower, palm) @ lower_turn
        for joint in self._fingers[s]:
            local[self.body.bones[joint.bone]] = joint.turns(get[f"fist_{s}"][:, 0])

    def _leg(
        self,
        get: dict[str, Array],
        hip: Array,
        ankle: Array,
        which: tuple[str, str, float],
        local: dict[str, Array],
        room: dict[str, Array],
    ) -> None:
        """Put the bones of a leg into `local` and `room`."""
        s, side, sign = which
        thigh, shank = aim_leg(hip, ankle, _room(get[f"knee_{s}"], sign), self._legs[s])
        foot, toe_bend = foot_turns(ankle, shank, get[f"foot_{s}"], sign, self._feet[s])
        room[f"upperleg02.{side}"] = thigh
        room[f"lowerleg01.{side}"] = room[f"lowerleg02.{side}"] = shank
        room[f"foot.{side}"] = foot
        for toe in "12345":
            local[f"toe{toe}-1.{side}"] = about(_HINGE, -toe_bend)

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
