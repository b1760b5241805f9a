"""Everything that is filmed for the product: the coaches' clips and the attempts, and how they are made again."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tools.motion.camera import VIEWS

from .clip import Film, Shot

__all__ = ["ATTEMPTS", "COACH_SHOTS", "DEMO_ATTEMPT", "Attempt", "write_attempts", "write_shots"]

_REPETITIONS: Final = {"punch": 2, "jumping_jack": 2, "shoulder_shrug": 2}
_WAIT: Final = {"front_kick": 0.55}
# The two coaches take turns.
_COACHES: Final = {
    "squat": "coach", "lunge": "coachf", "punch": "coach", "front_kick": "coachf", "jumping_jack": "coach",
    "side_bend": "coachf", "front_raise": "coach", "biceps_curl": "coachf", "overhead_press": "coach",
    "shoulder_shrug": "coachf", "knee_raise": "coach", "tai_chi": "coachf",
}  # fmt: skip

#: Every action from every side.
COACH_SHOTS: Final = tuple(
    Shot(action, view, body, reps=_REPETITIONS.get(action, 1), wait=_WAIT.get(action, 0.35), seed=len(action))
    for action, body in _COACHES.items()
    for view in VIEWS
)

# Action, view from which the mistake is clearly seen, who, tempo, mistake.
_MISTAKES: Final = (
    ("squat", "left", "userm", 1.15, "shallow"),
    ("lunge", "left", "userf", 1.20, "shallow"),
    ("punch", "right", "userm", 1.10, "short"),
    ("front_kick", "right", "userf", 1.10, "low"),
    ("jumping_jack", "front", "userm", 1.10, "low_arms"),
    ("front_raise", "left", "userf", 1.25, "low"),
    ("side_bend", "front", "userm", 1.20, "small"),
    ("overhead_press", "front", "userf", 1.15, "half"),
    ("biceps_curl", "left", "userm", 1.15, "half"),
    ("shoulder_shrug", "left", "userf", 1.10, "bent"),
    ("knee_raise", "front", "userm", 1.15, "low"),
    ("tai_chi", "front", "userf", 1.25, "low_arms"),
)
_HESITATION: Final = 0.1  # nobody keeps a coach's even speed


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody practises an action: its name, and what is filmed."""

    name: str
    shot: Shot

    def described(self) -> dict[str, Any]:
        """What a test wants to know."""
        shot, fault = self.shot, self.shot.fault
        return {
            "name": self.name, "action": shot.action, "view": shot.view, "body": shot.body, "tempo": shot.tempo,
            "mistake": None if fault is None else {"name": fault.name, "parts": list(fault.parts)},
            "video": f"{self.name}.mp4", "truth": f"{self.name}.npz",
        }  # fmt: skip


def _pair(action: str, view: str, body: str, tempo: float, mistake: str) -> Iterable[Attempt]:
    """The same person at the same speed without and with the mistake."""
    for name in (None, mistake):
        shot = Shot(
            action, view, body, room="home", tempo=tempo, hesitation=_HESITATION, mistake=name,
            reps=_REPETITIONS.get(action, 1), wait=_WAIT.get(action, 0.35), seed=100 + len(action),
        )  # fmt: skip
        yield Attempt(f"{shot.name}_{name or 'clean'}", shot)


#: For each mistake a clean attempt and one with it.
ATTEMPTS: Final = tuple(attempt for row in _MISTAKES for attempt in _pair(*row))
#: The one that the demo shows.
DEMO_ATTEMPT: Final = "squat_left_shallow"


def write_shots(folder: Path, shots: Iterable[tuple[str, Shot]], again: bool = False) -> None:
    """Film into `folder`; what is there already is left alone unless `again`."""
    for name, shot in shots:
        if not again and all((folder / f"{name}.{kind}").is_file() for kind in ("mp4", "npz")):
            print(f"{name}: is there")
            continue
        began = time.perf_counter()
        path, truth = Film(shot).shoot(folder, name)
        each = (time.perf_counter() - began) / len(truth.t)
        print(f"{name}: {len(truth.t)} pictures, {each:.2f} s each, {path.stat().st_size // 1000} kB", flush=True)


def write_attempts(folder: Path, demo: Path, again: bool = False) -> None:
    """Film the attempts into `folder`, list them in its ``attempts.json``, and lay the demo's into `demo`."""
    write_shots(folder, ((a.name, a.shot) for a in ATTEMPTS), again)
    text = json.dumps([a.described() for a in ATTEMPTS], indent=1) + "\n"
    (folder / "attempts.json").write_text(text, encoding="utf-8")
    demo.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / f"{DEMO_ATTEMPT}.mp4", demo / f"{DEMO_ATTEMPT}.mp4")
