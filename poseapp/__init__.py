"""Practise a movement in front of a webcam against a coach's example."""

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    # Found out only when asked for: reading what is installed takes longer than everything else at the start.
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import metadata

    try:
        return metadata.version("poseapp")
    except metadata.PackageNotFoundError:  # run from a checkout that was never installed
        return "0+unknown"
