"""What the program keeps, written and read back in a temporary place; and the log where it really is."""

from __future__ import annotations

import logging
from pathlib import Path

from poseapp.selftest.checks import Check, require

__all__ = ["KEEPING_CHECKS"]

_log = logging.getLogger(__name__)


def _library(folder: Path) -> str:
    import numpy as np

    from poseapp.library.shelf import Library, default_library
    from poseapp.library.writing import write_entry
    from poseapp.session.demo import demo_reference

    shipped = default_library().entries()
    require(bool(shipped), "the built-in library is empty")
    entry = demo_reference()
    library = Library(None, folder / "références")
    poses = Library(entry.folder.parents[1], None).load(entry).poses
    write_entry(
        folder / "références",
        "own/copy",
        clip=entry.clip,
        poses=poses,
        frame_size=entry.frame_size,
        model=entry.model,
        thumbnail=entry.thumbnail.read_bytes(),
        title="Copy",
    )
    read = library.load(library.find("own/copy")).poses
    require(np.array_equal(read.xy, poses.xy), "poses came back otherwise than they were written")
    return f"{len(shipped)} references; one written and read"


def _history(folder: Path) -> str:
    """An attempt is kept, read back and removed, in a history of its own."""
    import sqlite3
    from datetime import UTC, datetime

    import numpy as np

    from poseapp.library.history import History
    from poseapp.library.shelf import Library
    from poseapp.report.card_json import card_document, card_json
    from poseapp.report.card_reading import read_card
    from poseapp.session.demo import demo_reference
    from poseapp.session.judge import judge
    from poseapp.session.keeping import record_of

    entry = demo_reference()
    reference = Library(entry.folder.parents[1], None).load(entry)
    attempt = judge(reference, reference.poses)
    history = History(folder / "Übungen" / "history.sqlite")
    record = record_of(attempt, reference, datetime.now(UTC), card_json(attempt.card))
    kept = history.add(record, attempt.poses).id
    require(kept is not None and history.path.is_file(), "an attempt was not kept")
    assert kept is not None
    read, poses = history.attempt(kept), history.poses(kept)
    require(
        (read.ended_at, read.reference, read.total) == (record.ended_at, record.reference, record.total),
        "an attempt came back otherwise than it was kept",
    )
    require(card_document(read_card(read.card)) == card_document(attempt.card), "a score card came back otherwise")
    require(
        np.array_equal(poses.xy, attempt.poses.xy) and np.array_equal(poses.t, attempt.poses.t),
        "the poses of an attempt came back otherwise",
    )
    history.remove(kept)
    require(not history.attempts() and not history.practiced(), "a removed attempt is still there")
    return f"SQLite {sqlite3.sqlite_version}; an attempt kept, read and removed"


def _settings(folder: Path) -> str:
    from poseapp.ui.preferences import Preferences

    first = Preferences(folder / "window.ini")
    first.keep("model", "Übung 1")
    first.save()
    require(Preferences(folder / "window.ini").text("model", "") == "Übung 1", "a setting was not kept")
    return "written and read"


def _poses(folder: Path) -> str:
    import numpy as np

    from poseapp.library.pose_files import load_poses, save_poses
    from poseapp.library.saved_poses import SavedPoses
    from poseapp.library.shelf import Library
    from poseapp.session.demo import demo_reference

    entry = demo_reference()
    poses = Library(entry.folder.parents[1], None).load(entry).poses
    for ending in (".npz", ".json", ".csv"):
        path = folder / f"poses{ending}"
        save_poses(path, SavedPoses(poses, entry.frame_size, entry.model))
        read = load_poses(path).poses
        require(bool(np.allclose(read.xy, poses.xy, atol=0.01)), f"{path.name} came back otherwise")
    return "npz, json and csv written and read"


def _log_file(_folder: Path) -> str:
    from poseapp.commands.logs import LogFile

    handlers = [handler for handler in logging.getLogger().handlers if isinstance(handler, LogFile)]
    require(bool(handlers), "there is no log")
    _log.info("self-test")
    path = handlers[0].path
    require(path is not None and path.is_file(), "the log cannot be written")
    return str(path)


KEEPING_CHECKS = (
    Check("library", _library),
    Check("saved poses", _poses),
    Check("history", _history),
    Check("settings", _settings),
    Check("log", _log_file),
)
