"""Tests of the window: pixels and words of real widgets, offscreen or on a real display."""
