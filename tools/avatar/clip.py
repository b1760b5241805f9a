"""Film one movement: somebody performs an action in a room; a clip and its exact truth come out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tools.motion import ACTIONS, Performance, perform
from tools.motion.action import Mistake
from tools.motion.camera import VIEWS, turned

from .body import AvatarBody
from .clothes import Dressed, dress
from .rig import Motion, Rig, skinned
from .scene import LOOKS, ROOMS, Camera, Room
from .video import VideoWriter
from .visibility import visible

if TYPE_CHECKING:
    from .renderer import Frame

__all__ = ["FPS", "Film", "FilmError", "Shot", "Truth"]

Array = NDArray[np.float64]
FPS = 30
_NEAREST = 0.25  # metres that an ankle comes towards the camera at most
_MARGIN = 2.0  # pixels that every keypoint keeps from the edge of the picture


class FilmError(RuntimeError):
    """The clip would be wrong, such as a hand outside of the picture."""


@dataclass(frozen=True)
class Shot:
    """What is to be filmed.

    Parameters
    ----------
    action, view, body : str
        Names of tools.motion's actions and views, and of a body.
    room : str
        ``studio`` or ``home``.
    tempo : float
        Speed, 1 as the action is written down.
    hesitation : float
        By which fraction the speed varies.
    mistake : str, optional
        Name of one of the action's mistakes.
    reps : int
        Repetitions.
    wait : float
        Seconds of standing before and after.
    seed : int
        Breathing and sway.
    """

    action: str
    view: str
    body: str
    room: str = "studio"
    tempo: float = 1.0
    hesitation: float = 0.0
    mistake: str | None = None
    reps: int = 1
    wait: float = 0.35
    seed: int = 0

    @property
    def name(self) -> str:
        """Such as ``squat_left``."""
        return f"{self.action}_{self.view}"

    @cached_property
    def fault(self) -> Mistake | None:
        """The mistake, if one is made.

        Raises
        ------
        FilmError
            The action has no such mistake.
        """
        if self.mistake is None:
            return None
        known = {m.name: m for m in ACTIONS[self.action].mistakes}
        if self.mistake not in known:
            raise FilmError(f"{self.action} has no mistake {self.mistake!r}; it has {', '.join(known)}")
        return known[self.mistake]

    def perform(self) -> Performance:
        """The movement, as channels over time."""
        errors: dict[str, Any] = dict(self.fault.errors) if self.fault else {}
        return perform(
            self.action, view=self.view, tempo=self.tempo, local_tempo=self.hesitation, seed=self.seed, fps=FPS,
            reps=self.reps, before=self.wait, after=self.wait, **errors,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Where the keypoints of a clip really are.

    Parameters
    ----------
    xy : ndarray, shape (T, 17, 2), float32
        Pixels.
    visible : ndarray, shape (T, 17), bool
        By the depth buffer; the person's own body may hide them.
    xyz : ndarray, shape (T, 17, 3), float32
        Metres in the room, as :class:`~tools.avatar.scene.Camera` sees it.
    t : ndarray, shape (T,), float64
        Seconds.
    frame_size : ndarray, shape (2,)
        Width and height in pixels.
    """

    xy: NDArray[np.float32]
    visible: NDArray[np.bool_]
    xyz: NDArray[np.float32]
    t: Array
    frame_size: NDArray[np.int64]

    def save(self, path: Path) -> None:
        """Write an npz of plain arrays, whole or not at all."""
        unfinished = path.with_name(f".{path.stem}.part.npz")
        np.savez_compressed(
            unfinished, xy=self.xy, visible=self.visible, xyz=self.xyz, t=self.t, frame_size=self.frame_size
        )
        unfinished.replace(path)

    @classmethod
    def load(cls, path: Path) -> Truth:
        """Read what :meth:`save` wrote."""
        with np.load(path, allow_pickle=False) as file:
            return cls(file["xy"], file["visible"], file["xyz"], file["t"], file["frame_size"])


class Film:
    """A shot ready to be drawn: posed, placed in the middle of the picture, and checked to lie inside it.

    Parameters
    ----------
    shot : Shot
        What.
    body : AvatarBody, optional
        The shot's body, if it is at hand already.

    Raises
    ------
    FilmError
        A keypoint would be outside of the picture.
    """

    def __init__(self, shot: Shot, body: AvatarBody | None = None) -> None:
        self.shot = shot
        self.room: Room = ROOMS[shot.room]
        self.look = LOOKS[shot.body]
        self._body = body or AvatarBody.load(shot.body)
        self._rig = Rig(self._body)
        performance = shot.perform()
        self.t = performance.t
        self.motion: Motion = self._rig.motion(performance.channels)
        self._off = self._from_middle()
        self.xyz = self.placed(self.motion.keypoints)
        self.xy, self.depth = self.camera.project(self.xyz)
        self._check_inside()

    @property
    def camera(self) -> Camera:
        """Of the room."""
        return self.room.camera

    def placed(self, points: Array) -> Array:
        """Points of the posed body, where they are in the room."""
        return turned(points, VIEWS[self.shot.view]) - self._off

    def _from_middle(self) -> Array:
        """How far the figure is off, shape (3,), so that the clip would be centred and neither near nor far.

        From side to side everything counts, in depth only where the feet stand; none comes so near that the shoe
        would leave the picture.
        """
        points = turned(self.motion.keypoints, VIEWS[self.shot.view])
        x, y = points[..., 0], points[:, 15:, 1]
        return np.array([(x.min() + x.max()) / 2, min((y.min() + y.max()) / 2, y.min() + _NEAREST), 0])

    def _from_edge(self, xy: Array) -> Array:
        """Pixels between points ``(..., 2)`` and the nearest edge of the picture, negative outside."""
        return np.asarray(np.minimum(xy, np.array(self.camera.size) - xy).min(axis=-1))

    def _check_inside(self) -> None:
        left = self._from_edge(self.xy)
        if left.min() < _MARGIN:
            frame, keypoint = np.unravel_index(left.argmin(), left.shape)
            raise FilmError(f"{self.shot.name}: keypoint {keypoint} leaves the picture at {self.t[frame]:.2f} s")

    def dressed(self) -> Dressed:
        """The body in its clothes."""
        return dress(self._body, self.look.outfit)

    def frames(self, numbers: list[int] | None = None, supersampling: float = 1.25) -> Iterator[Frame]:
        """Draw all pictures, or some.

        Parameters
        ----------
        numbers : list of int, optional
            Which.
        supersampling : float
            See :class:`Renderer`.

        Yields
        ------
        Frame

        Raises
        ------
        FilmError
            A part of the figure, such as a finger or a shoe, would be outside of the picture.
        """
        from .renderer import Renderer  # everything else does without OpenGL

        dressed = self.dressed()
        weights = self._body.weights[dressed.source]
        with closing(Renderer(self.room, dressed, self.look, supersampling)) as renderer:
            for number in range(len(self.motion)) if numbers is None else numbers:
                places = self.placed(skinned(dressed.rest, weights, self.motion[number].bone_matrices))
                if self._from_edge(self.camera.project(places)[0]).min() < 0:
                    raise FilmError(f"{self.shot.name}: the figure leaves the picture at {self.t[number]:.2f} s")
                yield renderer.render(places, dressed.normals(places))

    def seen(self, number: int, frame: Frame) -> NDArray[np.bool_]:
        """Which keypoints of a picture are visible, shape (17,)."""
        return visible(self.xy[number], self.depth[number], frame.depth, frame.depth.shape[1] / self.camera.size[0])

    def shoot(self, folder: Path, name: str, supersampling: float = 1.25) -> tuple[Path, Truth]:
        """Write ``NAME.mp4`` and ``NAME.npz`` into `folder`.

        Returns
        -------
        (Path, Truth)
            The clip, and what is in the npz.
        """
        folder.mkdir(parents=True, exist_ok=True)
        path, flags = folder / f"{name}.mp4", []
        with VideoWriter(path, self.camera.size, FPS) as video:
            for number, frame in enumerate(self.frames(supersampling=supersampling)):
                video.write(frame.bgr)
                flags.append(self.seen(number, frame))
        truth = Truth(
            self.xy.astype(np.float32), np.array(flags), self.xyz.astype(np.float32), self.t,
            np.array(self.camera.size),
        )  # fmt: skip
        truth.save(folder / f"{name}.npz")
        return path, truth
