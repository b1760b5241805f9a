"""Pixels to poses: picture sources, pose models and the person lock. The room of OpenCV and LiteRT."""

# First of all: whatever in this room is imported, OpenCV's environment is set before OpenCV is loaded.
from poseapp.vision import opencv_env as opencv_env
