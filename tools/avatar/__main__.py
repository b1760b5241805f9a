"""``python -m tools.avatar render|build|sheet``: film the avatar; see ``--help`` of each."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import cv2

from tools.motion import ACTIONS
from tools.motion.camera import VIEWS

from .body import BODY_NAMES, AvatarBody
from .build import COACH_SHOTS, write_attempts, write_shots
from .clip import FilmError, Shot
from .scene import ROOMS
from .sheet import contact_sheet
from .video import VideoError

_ROOT = Path(__file__).resolve().parents[2]


def _render(options: argparse.Namespace) -> None:
    shot = Shot(
        options.action, options.view, options.body, options.room, options.tempo, mistake=options.mistake,
        reps=options.reps, seed=options.seed,
    )  # fmt: skip
    name = f"{shot.name}_{shot.mistake}" if shot.mistake else shot.name
    write_shots(options.out, [(name, shot)], again=True)


def _build(options: argparse.Namespace) -> None:
    for body in BODY_NAMES:
        AvatarBody.load(body)  # a damaged one is told before hours of work, not after
    write_shots(options.clips, ((shot.name, shot) for shot in COACH_SHOTS), options.again)
    write_attempts(_ROOT / "tests/data/attempts", _ROOT / "assets/demo", options.again)
    command = [options.python, str(_ROOT / "tools/build_references.py"), "--clips", str(options.clips)]
    subprocess.run(command, check=True, cwd=_ROOT)


def _sheet(options: argparse.Namespace) -> None:
    cv2.imwrite(str(options.out), contact_sheet(options.clips, options.columns, options.width, options.skeleton))
    print(options.out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.avatar", description=__doc__)
    commands = parser.add_subparsers(required=True)

    render = commands.add_parser("render", help="film one action")
    render.add_argument("action", choices=ACTIONS)
    render.add_argument("--view", choices=VIEWS, default="front")
    render.add_argument("--body", choices=BODY_NAMES, default="coach")
    render.add_argument("--room", choices=ROOMS, default="studio")
    render.add_argument("--tempo", type=float, default=1.0, help="speed; 1.2 is a fifth faster")
    render.add_argument("--mistake", help="one of the action's known mistakes")
    render.add_argument("--reps", type=int, default=1)
    render.add_argument("--seed", type=int, default=0, help="breathing and sway")
    render.add_argument("--out", type=Path, default=Path("build/avatar"))
    render.set_defaults(run=_render)

    build = commands.add_parser("build", help="film every coach clip and attempt, then build the library")
    build.add_argument("--clips", type=Path, default=_ROOT / "build/avatar", help="where the coaches' clips go")
    build.add_argument("--again", action="store_true", help="film also what is there already")
    build.add_argument("--python", default=sys.executable, help="interpreter with the program's own dependencies")
    build.set_defaults(run=_build)

    sheet = commands.add_parser("sheet", help="pictures of clips in rows, to look at")
    sheet.add_argument("clips", type=Path, nargs="+")
    sheet.add_argument("--out", type=Path, default=Path("sheet.png"))
    sheet.add_argument("--columns", type=int, default=8)
    sheet.add_argument("--width", type=int, default=180, help="of one picture, pixels")
    sheet.add_argument("--skeleton", action="store_true", help="draw the truth over them; hidden points are red")
    sheet.set_defaults(run=_sheet)
    return parser


def main() -> int:
    """Run a command; 1 when it cannot be done."""
    options = _parser().parse_args()
    try:
        options.run(options)
    except (FilmError, VideoError, ValueError, subprocess.CalledProcessError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
