"""Two pose sequences to a judgement. Knows only the vocabulary."""

from poseapp.scoring.card import (
    PARTS,
    FeedbackItem,
    HeatMap,
    KeypointScore,
    MatchedTimes,
    ScoreCard,
    SimilarityTrace,
    Span,
    Strictness,
    Timing,
)
from poseapp.scoring.scorer import DEFAULT_METHOD, METHODS, Scorer, scorer, strictness_called
from poseapp.scoring.takes import score_takes

__all__ = [
    "DEFAULT_METHOD",
    "METHODS",
    "PARTS",
    "FeedbackItem",
    "HeatMap",
    "KeypointScore",
    "MatchedTimes",
    "ScoreCard",
    "Scorer",
    "SimilarityTrace",
    "Span",
    "Strictness",
    "Timing",
    "score_takes",
    "scorer",
    "strictness_called",
]
