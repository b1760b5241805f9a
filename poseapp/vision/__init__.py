"""Pixels to poses: picture sources, pose models and the person lock. The room of OpenCV and LiteRT."""
