"""The vocabulary: keypoints, poses, pose sequences and their geometry. Knows no other room."""

from poseapp.pose.keypoints import KEYPOINTS, LIMBS, Keypoint
from poseapp.pose.pose import Box, Pose
from poseapp.pose.sequence import PoseSequence
from poseapp.pose.similarity import SimilarityMethod, similarity

__all__ = [
    "KEYPOINTS",
    "LIMBS",
    "Box",
    "Keypoint",
    "Pose",
    "PoseSequence",
    "SimilarityMethod",
    "similarity",
]
