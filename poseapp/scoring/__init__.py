"""Two pose sequences to a judgement. Knows only the vocabulary."""

from poseapp.scoring.card import KeypointScore, ScoreCard, SimilarityTrace
from poseapp.scoring.scorer import METHODS, Scorer, scorer

__all__ = ["METHODS", "KeypointScore", "ScoreCard", "Scorer", "SimilarityTrace", "scorer"]
