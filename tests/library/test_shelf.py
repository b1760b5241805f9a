"""Finding references, in order, by name, in two folders."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from poseapp.errors import LibraryError
from poseapp.library.reference import Origin
from poseapp.library.shelf import Library, default_library, own_references_dir
from tests.library.conftest import Write


@pytest.fixture
def folders(write: Write, tmp_path: Path) -> tuple[Path, Path]:
    """A built-in library with two movements and an own one with two references."""
    built_in, own = tmp_path / "built in", tmp_path / "own"
    for view in ("right", "left", "front"):
        write(f"squat/{view}", root=built_in, title="Squat", view=view)
    write("punch/left", root=built_in, title="Punch", action="punch")
    write("Morning", root=own, title="Lunge", view="", action="")
    write("squat/left", root=own, title="My squat")
    return built_in, own


def test_by_title_then_front_left_right(folders: tuple[Path, Path]) -> None:
    assert [(e.name, e.origin) for e in Library(folders[0], None).entries()] == [
        ("punch/left", Origin.BUILT_IN),
        ("squat/front", Origin.BUILT_IN),
        ("squat/left", Origin.BUILT_IN),
        ("squat/right", Origin.BUILT_IN),
    ]


def test_the_users_own_is_meant_where_both_have_the_name(folders: tuple[Path, Path]) -> None:
    library = Library(*folders)
    assert [entry.title for entry in library.entries()] == ["Lunge", "My squat", "Punch", "Squat", "Squat"]
    assert library.find("squat/left").origin is Origin.OWN
    assert library.find("squat/front").origin is Origin.BUILT_IN


@pytest.mark.parametrize("name", ["squat/front", "squat_front", "SQUAT/Front", "Squat_FRONT", "squat\\front"])
def test_names_as_people_type_them(folders: tuple[Path, Path], name: str) -> None:
    assert Library(*folders).find(name).name == "squat/front"


def test_the_first_part_is_enough_when_nothing_else_fits(folders: tuple[Path, Path]) -> None:
    library = Library(*folders)
    assert library.find("punch").name == "punch/left"
    with pytest.raises(LibraryError) as error:
        library.find("squat")
    assert error.value.sentence == "There is more than one reference “squat” in the library."
    for name in ("squat/front", "squat/left", "squat/right"):
        assert name in error.value.hint


def test_an_unknown_name_is_answered_with_near_ones(folders: tuple[Path, Path]) -> None:
    library = Library(*folders)
    with pytest.raises(LibraryError, match="There is no reference “squat/frnt”") as error:
        library.find("squat/frnt")
    assert "Did you mean squat/front" in error.value.hint
    with pytest.raises(LibraryError, match="poseapp library list"):
        library.find("zzz")
    with pytest.raises(LibraryError, match="There is no reference “") as error:
        library.find("z" * 5000)
    assert len(error.value.sentence) < 200


def test_folders_that_do_not_exist_or_are_none_hold_nothing(tmp_path: Path) -> None:
    assert Library(None, None).entries() == ()
    library = Library(tmp_path / "none", tmp_path / "neither")
    assert (library.entries(), library.problems) == ((), ())
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_reference_is_passed_over(folders: tuple[Path, Path]) -> None:
    built_in, _ = folders
    (built_in / "notes.txt").write_text("notes")
    (built_in / "empty").mkdir()
    (built_in / ".git" / "x").mkdir(parents=True)
    shutil.copytree(built_in / "squat" / "left", built_in / ".hidden")
    shutil.copytree(built_in / "squat" / "left", built_in / "too" / "deep" / "down")
    library = Library(built_in, None)
    assert (len(library.entries()), library.problems) == (4, ())


def test_it_is_looked_at_again_when_asked(folders: tuple[Path, Path]) -> None:
    library = Library(*folders)
    assert len(library.entries()) == 5
    shutil.rmtree(folders[1] / "Morning")
    assert len(library.entries()) == 5
    library.refresh()
    assert len(library.entries()) == 4


def test_the_default_library_is_the_built_in_one_and_the_users_own(write: Write, own_library: Path) -> None:
    assert own_references_dir() == own_library
    assert {entry.origin for entry in default_library().entries()} == {Origin.BUILT_IN}
    assert not own_library.exists()
    write("Mine", root=own_references_dir())
    assert default_library().find("mine").origin is Origin.OWN
