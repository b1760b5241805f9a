"""Channels and a body to joints in space: forward kinematics for trunk and arms, two-bone reach for the legs.

The room is right-handed with x to the left of a person who faces the camera, y away from where that person looks
and z up, in metres; the floor is z = 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .channels import SLICES
from .skeleton import Body

__all__ = ["joints", "rotation"]

Array = NDArray[np.float64]
_SIDES = (("l", 1.0), ("r", -1.0))
_STRAIGHTEST = 0.992  # a standing leg is never quite locked
_PASSES = 3  # lowering the pelvis moves the hips a little, so the reach is checked again


def _axis_rotation(axis: int, degrees: Array) -> Array:
    a = np.deg2rad(degrees)
    c, s, zero, one = np.cos(a), np.sin(a), np.zeros_like(a), np.ones_like(a)
    rows = (
        (one, zero, zero, zero, c, -s, zero, s, c),
        (c, zero, s, zero, one, zero, -s, zero, c),
        (c, -s, zero, s, c, zero, zero, zero, one),
    )[axis]
    return np.asarray(np.stack(rows, axis=-1).reshape(*a.shape, 3, 3))


def rotation(angles: Array) -> Array:
    """Rotation matrices ``(..., 3, 3)`` of yaw, pitch, roll in degrees ``(..., 3)``."""
    return np.asarray(
        _axis_rotation(2, angles[..., 0]) @ _axis_rotation(0, angles[..., 1]) @ _axis_rotation(1, angles[..., 2])
    )


def _part_of(turn: Array, fraction: Array) -> Array:
    """Rotations ``(T, 3, 3)`` about the same axes by `fraction` ``(T,)`` of the angle (Rodrigues)."""
    cosine = np.clip((np.trace(turn, axis1=1, axis2=2) - 1) / 2, -1, 1)
    angle = np.arccos(cosine)
    axis = np.stack(
        (turn[:, 2, 1] - turn[:, 1, 2], turn[:, 0, 2] - turn[:, 2, 0], turn[:, 1, 0] - turn[:, 0, 1]), axis=1
    )
    axis /= np.maximum(np.linalg.norm(axis, axis=1, keepdims=True), 1e-12)
    cross = np.zeros_like(turn)
    cross[:, 0, 1], cross[:, 0, 2], cross[:, 1, 2] = -axis[:, 2], axis[:, 1], -axis[:, 0]
    cross -= np.swapaxes(cross, 1, 2)
    a = (angle * fraction)[:, None, None]
    return np.asarray(np.eye(3) + np.sin(a) * cross + (1 - np.cos(a)) * (cross @ cross))


def _turned(matrices: Array, vectors: Array) -> Array:
    spread = np.broadcast_to(vectors, (len(matrices), 3))
    return np.asarray(np.einsum("tab,tb->ta", matrices, spread))


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12))


def _room(vectors: Array, side: float = 1.0) -> Array:
    """(outward, forward, up) of one side to room axes."""
    return np.asarray(vectors * np.array([side, -1.0, 1.0]))


def joints(channels: Array, body: Body) -> Array:
    """Positions of the 17 COCO keypoints.

    Parameters
    ----------
    channels : ndarray, shape (T, WIDTH)
        Postures.
    body : Body
        Whose.

    Returns
    -------
    ndarray, shape (T, 17, 3)
        Metres.
    """
    get = {name: channels[:, columns] for name, columns in SLICES.items()}
    pelvis_turn = rotation(get["pelvis"])
    pelvis = np.array([0, 0, body.leg + body.ankle_height]) + _room(get["root"]) * body.leg
    ankles = {s: _ankle_target(get[f"ankle_{s}"], body, sign) for s, sign in _SIDES}
    standing = {s: get[f"air_{s}"][:, 0] < 0.3 for s, _ in _SIDES}
    pelvis = _lowered(pelvis, pelvis_turn, ankles, standing, body)

    xyz = np.zeros((len(channels), 17, 3))
    chest, neck = _trunk(pelvis, pelvis_turn, get["spine"], body)
    _place_head(xyz, neck, chest, get, body)
    for i, (s, sign) in enumerate(_SIDES):
        xyz[:, 5 + i], xyz[:, 7 + i], xyz[:, 9 + i] = _arm(neck, chest, get, s, sign, body)
        hip = pelvis + _turned(pelvis_turn, np.array([sign * body.hip_half, 0, 0]))
        xyz[:, 11 + i] = hip
        xyz[:, 13 + i], xyz[:, 15 + i] = _leg(hip, ankles[s], _room(get[f"knee_{s}"], sign), body)
    return xyz


def _ankle_target(ankle: Array, body: Body, sign: float) -> Array:
    rest = np.array([sign * body.hip_half * 1.1, 0, body.ankle_height])
    return np.asarray(rest + _room(ankle, sign) * body.leg)


def _lowered(
    pelvis: Array, turn: Array, ankles: dict[str, Array], standing: dict[str, NDArray[np.bool_]], body: Body
) -> Array:
    """Lower the pelvis until both standing legs reach the floor, so that feet neither slide nor float."""
    pelvis = pelvis.copy()
    for _ in range(_PASSES):
        low = np.zeros(len(pelvis))
        for s, sign in _SIDES:
            way = ankles[s] - pelvis - _turned(turn, np.array([sign * body.hip_half, 0, 0]))
            height = np.sqrt(np.maximum((body.leg * _STRAIGHTEST) ** 2 - way[:, 0] ** 2 - way[:, 1] ** 2, 1e-6))
            low = np.where(standing[s], np.maximum(low, -way[:, 2] - height), low)
        pelvis[:, 2] -= low
    return pelvis


def _trunk(pelvis: Array, pelvis_turn: Array, spine: Array, body: Body) -> tuple[Array, Array]:
    """Orientation of the chest and middle between the collar bones; the back bends in three places."""
    point = pelvis
    turn = pelvis_turn
    for part in (1 / 3, 2 / 3, 1.0):
        turn = pelvis_turn @ rotation(spine * part)
        point = point + _turned(turn, np.array([0, 0, body.trunk / 3]))
    return turn, point


def _place_head(xyz: Array, neck: Array, chest: Array, get: dict[str, Array], body: Body) -> None:
    turn = _part_of(chest, 1 - get["head_level"][:, 0]) @ rotation(get["head"])
    skull = neck + 0.5 * _turned(chest + turn, np.array([0, -0.1, 1.0]) * body.neck)
    size = body.head
    face = {0: (0, -0.46, 0.24), 1: (0.15, -0.38, 0.40), 2: (-0.15, -0.38, 0.40)}
    face |= {3: (0.33, 0.02, 0.30), 4: (-0.33, 0.02, 0.30)}
    for k, place in face.items():
        xyz[:, k] = skull + _turned(turn, np.array(place) * size)


def _arm(
    neck: Array, chest: Array, get: dict[str, Array], s: str, sign: float, body: Body
) -> tuple[Array, Array, Array]:
    """Shoulder, elbow and wrist; the collar bone rises and comes forward with the upper arm."""
    base = _part_of(chest, 1 - get[f"world_{s}"][:, 0])
    upper = _turned(base, _room(_unit(get[f"upper_arm_{s}"]), sign))
    lower = _turned(base, _room(_unit(get[f"forearm_{s}"]), sign))
    inside = _turned(np.swapaxes(chest, 1, 2), upper)
    elevation = np.rad2deg(np.arccos(np.clip(-inside[:, 2], -1, 1)))
    rise = 24 * np.clip((elevation - 45) / 135, -0.25, 1) + get[f"shrug_{s}"][:, 0]
    forward = 12 * np.clip(-inside[:, 1], -1, 1) * np.sin(np.deg2rad(elevation)) + get[f"protract_{s}"][:, 0]
    collar = _axis_rotation(1, -sign * rise) @ _axis_rotation(2, -sign * forward)
    shoulder = neck + _turned(chest @ collar, np.array([sign * body.shoulder_half, 0, 0]))
    elbow = shoulder + upper * body.upper_arm
    return shoulder, elbow, elbow + lower * body.forearm


def _leg(hip: Array, target: Array, pole: Array, body: Body) -> tuple[Array, Array]:
    """Knee and ankle of a two-bone chain from `hip` to `target`, bent towards `pole` (law of cosines)."""
    way = target - hip
    distance = np.linalg.norm(way, axis=1, keepdims=True)
    shortest = abs(body.thigh - body.shank) + 0.02 * body.leg
    reach = np.clip(distance, shortest, body.leg * 0.9995)
    along = way / distance
    cosine = (body.thigh**2 + reach**2 - body.shank**2) / (2 * body.thigh * reach)
    across = _unit(pole - along * (pole * along).sum(axis=1, keepdims=True))
    knee = hip + body.thigh * (cosine * along + np.sqrt(1 - np.clip(cosine, -1, 1) ** 2) * across)
    return knee, hip + along * reach
