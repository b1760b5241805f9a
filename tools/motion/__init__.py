"""One vocabulary of movements: keyframed actions, bodies, a camera, exact COCO-17 keypoints; numpy only.

>>> from tools import motion
>>> performance = motion.perform("squat", view="left", tempo=0.8, depth=0.5)
>>> performance.sequence()  # a poseapp.pose.PoseSequence
"""

from .action import Action, Mistake
from .actions import ACTIONS, HELD_OUT, TUNING, UNSEEN
from .camera import VIEWS, Camera
from .perform import Performance, perform
from .skeleton import BODIES, Body

__all__ = [
    "ACTIONS",
    "BODIES",
    "HELD_OUT",
    "TUNING",
    "UNSEEN",
    "VIEWS",
    "Action",
    "Body",
    "Camera",
    "Mistake",
    "Performance",
    "perform",
]
