"""The product against truths known by construction: bodies whose joints, and attempts whose mistakes, we made.

Mirrors no room of poseapp: pictures, models, library, score and recognition are judged together. The tables with more
pictures are printed by ``python -m benchmarks truth``.
"""
