"""Draw a dressed figure in a room with OpenGL, without a display and without a graphics card (EGL, llvmpipe)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import moderngl
import numpy as np
from numpy.typing import NDArray

from .clothes import Dressed
from .scene import LIGHT, Look, Room, light_matrix

__all__ = ["Frame", "Renderer"]

Array = NDArray[np.float64]

_SHADERS: Final = Path(__file__).parent / "shaders"
_PAINT: Final = (
    "skin", "shirt", "trousers", "shoes", "hair", "trim", "iris", "banded", "side_stripe", "striped",
)  # fmt: skip
_SHADOW_MAP: Final = 1536
_MARGIN: Final = 0.09  # of the picture: how far soft shadows and ambient occlusion reach
_ROOM_HALF, _ROOM_HIGH = 6.0, 5.0  # metres


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One rendered picture.

    Parameters
    ----------
    bgr : ndarray, shape (H, W, 3), uint8
        The picture.
    depth : ndarray, shape (h, w), float32
        Metres along the camera's axis to what is seen; `h`, `w` are the supersampled size.
    """

    bgr: NDArray[np.uint8]
    depth: NDArray[np.float32]


def _source(name: str) -> str:
    """Text of a shader with its ``#include "file"`` lines replaced."""
    text = (_SHADERS / name).read_text(encoding="utf-8")
    return re.sub(r'^#include "([\w.]+)"$', lambda found: _source(found[1]), text, flags=re.MULTILINE)


def _room_vertices(wall_at: float) -> NDArray[np.float32]:
    """Two triangles of the floor and two of the wall: place and normal."""
    a, b, w, h = -_ROOM_HALF, _ROOM_HALF, wall_at, _ROOM_HIGH
    floor = [(a, a, 0), (b, a, 0), (b, w, 0), (a, a, 0), (b, w, 0), (a, w, 0)]
    wall = [(a, w, 0), (b, w, 0), (b, w, h), (a, w, 0), (b, w, h), (a, w, h)]
    rows = [(*p, 0, 0, 1) for p in floor] + [(*p, 0, -1, 0) for p in wall]
    return np.array(rows, dtype=np.float32)


class Renderer:
    """Draws one figure in one room.

    Parameters
    ----------
    room : Room
        Where.
    dressed : Dressed
        Who, in what clothes.
    look : Look
        Colours.
    supersampling : float
        The picture is drawn this much larger and made smaller by averaging.

    Raises
    ------
    Exception
        Whatever moderngl raises where there is no EGL.
    """

    def __init__(self, room: Room, dressed: Dressed, look: Look, supersampling: float = 1.25) -> None:
        self._context = context = moderngl.create_standalone_context(backend="egl")
        self._room, self._dressed, self._look = room, dressed, look
        width, height = room.camera.size
        self._large = round(width * supersampling), round(height * supersampling)
        self._programs = {
            "depth": self._program("depth.vert", "depth.frag"),
            "shadow": self._program("depth.vert", "depth.frag"),
            "room_colour": self._program("room.vert", "room_colour.frag"),
            "room": self._program("room.vert", "room.frag"),
            "occlusion": self._program("screen.vert", "occlusion.frag"),
            "tone": self._program("screen.vert", "tone.frag"),
        }
        self._kinds = {
            kind: self._program("figure.vert", "figure.frag", f"const int KIND = {int(kind)};")
            for kind, _ in dressed.spans
        }
        self._to_light = light_matrix()
        self._last = np.array([0.0, 0.0, 1.0, 1.0])  # the first picture is drawn whole
        self._make_targets()
        self._make_geometry()
        self._set_constants()
        context.enable(moderngl.DEPTH_TEST)
        self._colours_target.use()
        self._colours_target.clear()
        self._room_colour_vertices.render()

    def _program(self, vertex: str, fragment: str, defined: str = "") -> moderngl.Program:
        version, rest = _source(fragment).split("\n", 1)
        return self._context.program(_source(vertex), f"{version}\n{defined}\n{rest}")

    def _make_targets(self) -> None:
        c, large = self._context, self._large
        self._direct, self._ambient, self._normal, self._colours = (c.texture(large, 4, dtype="f2") for _ in range(4))
        self._depth = c.depth_texture(large)
        self._shadow_map = c.depth_texture((_SHADOW_MAP, _SHADOW_MAP))
        for texture in (self._depth, self._shadow_map):
            texture.compare_func = ""
        self._depth.filter = (moderngl.NEAREST, moderngl.NEAREST)
        self._open = c.texture(self._room.camera.size, 1)
        self._picture = c.texture(large, 3)
        self._surfaces = c.framebuffer([self._direct, self._ambient, self._normal], self._depth)
        self._shadow_target = c.framebuffer(depth_attachment=self._shadow_map)
        self._colours_target = c.framebuffer([self._colours], c.depth_renderbuffer(large))
        self._open_target = c.framebuffer([self._open])
        self._picture_target = c.framebuffer([self._picture])

    def _make_geometry(self) -> None:
        c, programs, dressed = self._context, self._programs, self._dressed
        self._moving = c.buffer(reserve=len(dressed.rest) * 24, dynamic=True)
        static = c.buffer(np.ascontiguousarray(dressed.static).tobytes())
        index = c.buffer(dressed.triangles.astype(np.int32).tobytes())
        self._figure_vertices = {
            kind: c.vertex_array(
                program, [(self._moving, "3f 3f", "place", "normal"), *_used(program, static)], index
            )
            for kind, program in self._kinds.items()
        }
        bare = [(self._moving, "3f 12x", "place"), (static, "12x 1f 1f 4x", "cut", "part")]
        self._depth_vertices = c.vertex_array(programs["depth"], bare, index)
        self._shadow_vertices = c.vertex_array(programs["shadow"], bare, index)
        room = c.buffer(_room_vertices(self._room.wall_at).tobytes())
        layout = [(room, "3f 3f", "place", "normal")]
        self._room_vertices = c.vertex_array(programs["room"], layout)
        self._room_colour_vertices = c.vertex_array(programs["room_colour"], layout)
        corners = c.buffer(np.array([-1, -1, 1, -1, -1, 1, 1, 1], dtype=np.float32).tobytes())
        self._occlusion_quad = c.vertex_array(programs["occlusion"], [(corners, "2f", "corner")])
        self._tone_quad = c.vertex_array(programs["tone"], [(corners, "2f", "corner")])

    def _set_constants(self) -> None:
        camera, look, face = self._room.camera, self._look, self._dressed.face
        to_clip = camera.matrix()
        values: dict[str, Any] = {
            "onto": to_clip,
            "to_clip": to_clip,
            "from_clip": np.linalg.inv(to_clip),
            "to_light": self._to_light,
            "light": LIGHT,
            "camera": camera.place,
            "floor_colour": self._room.floor,
            "wall_colour": self._room.wall,
            "eye": face.eye,
            "ear": (face.ear[0], face.middle_ear[1], face.middle_ear[2]),
            "nose": face.nose,
            "size": self._dressed.size,
            "pixel": (1 / camera.size[0], 1 / camera.size[1]),
            "shadow_map": 0, "colours": 1, "depths": 0, "normals": 1, "directs": 0, "ambients": 1, "opens": 2,
        }  # fmt: skip
        values |= {name: getattr(look, name) for name in _PAINT}
        for program in self._everything():
            for name in program:
                if name in values:
                    _set(program, name, values[name])
        _set(self._programs["shadow"], "onto", self._to_light)

    def _everything(self) -> Iterator[moderngl.Program]:
        yield from self._programs.values()
        yield from self._kinds.values()

    def render(self, places: Array, normals: Array) -> Frame:
        """Draw the figure with its vertices at `places` ``(N, 3)`` in the room, `normals` ``(N, 3)`` of length 1."""
        self._moving.write(np.hstack((places, normals)).astype(np.float32).tobytes())
        self._limit_to(places)
        self._context.enable(moderngl.DEPTH_TEST)
        self._draw_shadow_map()
        self._draw_surfaces()
        self._context.disable(moderngl.DEPTH_TEST)
        self._open_target.use()
        self._depth.use(0)
        self._normal.use(1)
        self._occlusion_quad.render(moderngl.TRIANGLE_STRIP)
        self._picture_target.use()
        self._direct.use(0)
        self._ambient.use(1)
        self._open.use(2)
        self._tone_quad.render(moderngl.TRIANGLE_STRIP)
        return Frame(self._read_picture(), self._read_depth())

    def _limit_to(self, places: Array) -> None:
        """Draw only where the figure or its shadow is or was: the rest of the room never changes."""
        in_light = (places @ self._to_light[:2, :3].T + self._to_light[:2, 3]) * 0.5 + 0.5
        shaded = (*in_light.min(axis=0), *in_light.max(axis=0))
        for program in (*self._kinds.values(), self._programs["room"]):
            _set(program, "shaded", shaded)
        touched = self._touched(places)
        now = np.concatenate((np.minimum(touched[:2], self._last[:2]), np.maximum(touched[2:], self._last[2:])))
        self._last = touched
        width, height = self._room.camera.size
        for target in (self._surfaces, self._open_target, self._picture_target):
            scale = np.array(target.size) / (width, height)
            low = np.floor(np.clip(now[:2], 0, 1) * (width, height)) * scale
            high = np.ceil(np.clip(now[2:], 0, 1) * (width, height)) * scale
            corner, size = np.floor(low).astype(int), np.ceil(high - np.floor(low)).astype(int)
            target.scissor = (*corner.tolist(), *size.tolist())

    def _touched(self, places: Array) -> Array:
        """Least and greatest x and y (0..1, y up) in the picture of the figure and its shadow, with a margin."""
        along = np.minimum(places[:, 2] / LIGHT[2], (places[:, 1] - self._room.wall_at) / LIGHT[1])
        shadow = places - LIGHT * np.maximum(along, 0)[:, None]
        camera = self._room.camera
        xy, _ = camera.project(np.concatenate((places, shadow)))
        part = xy / camera.size
        return np.array(
            [part[:, 0].min(), 1 - part[:, 1].max(), part[:, 0].max(), 1 - part[:, 1].min()]
        ) + _MARGIN * np.array([-1, -1, 1, 1])

    def _draw_shadow_map(self) -> None:
        self._shadow_target.use()
        self._shadow_target.clear()
        self._shadow_vertices.render()

    def _draw_surfaces(self) -> None:
        target = self._surfaces
        target.use()
        target.clear()
        self._shadow_map.use(0)
        # First depth alone, then only what is in front is coloured, once.
        target.color_mask = ((False,) * 4,) * 3
        self._depth_vertices.render()
        target.color_mask = ((True,) * 4,) * 3
        target.depth_mask = False
        self._context.depth_func = "=="
        for kind, span in self._dressed.spans:
            self._figure_vertices[kind].render(vertices=3 * (span.stop - span.start), first=3 * span.start)
        target.depth_mask = True
        self._context.depth_func = "<"
        self._colours.use(1)
        self._room_vertices.render()

    def _read_picture(self) -> NDArray[np.uint8]:
        width, height = self._large
        raw = self._picture_target.read(components=3, alignment=1)
        rgb = np.frombuffer(raw, np.uint8).reshape(height, width, 3)[::-1, :, ::-1]
        return np.asarray(cv2.resize(rgb, self._room.camera.size, interpolation=cv2.INTER_AREA), dtype=np.uint8)

    def _read_depth(self) -> NDArray[np.float32]:
        width, height = self._large
        window = np.frombuffer(self._depth.read(), np.float32).reshape(height, width)[::-1]
        return np.asarray(self._room.camera.metres(window), dtype=np.float32)

    def close(self) -> None:
        """Give everything back."""
        self._context.release()


def _used(program: moderngl.Program, static: moderngl.Buffer) -> list[tuple[Any, ...]]:
    """Layout of the unmoving attributes for a program, which may have lost those that it does not use."""
    sizes = {"rest": (3, 12), "cut": (1, 4), "part": (1, 4), "extra": (1, 4)}
    layout = " ".join(f"{n}f" if name in program else f"{skip}x" for name, (n, skip) in sizes.items())
    names = [name for name in sizes if name in program]
    return [(static, layout, *names)] if names else []


def _set(program: moderngl.Program, name: str, value: Any) -> None:
    uniform: Any = program[name]
    if np.ndim(value) == 2:
        uniform.write(np.ascontiguousarray(np.transpose(value), dtype=np.float32).tobytes())
    elif np.ndim(value) == 1:
        uniform.value = tuple(float(x) for x in value)
    else:
        uniform.value = value
