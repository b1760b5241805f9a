"""The coach who shows the movements: a body, its rig, its clothes and a renderer.

Bodies and rig need numpy and scipy only; exact keypoints need no picture:

>>> from tools import motion
>>> from tools.avatar import AvatarBody, Rig
>>> rig = Rig(AvatarBody.load("coach"))
>>> rig.motion(motion.perform("squat").channels).keypoints  # (T, 17, 3), metres
"""

from .body import BODY_NAMES, AvatarBody, BodyFileError, Part
from .rig import Motion, Posed, Rig, skinned

__all__ = ["BODY_NAMES", "AvatarBody", "BodyFileError", "Motion", "Part", "Posed", "Rig", "skinned"]
