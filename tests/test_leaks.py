"""The fixture that watches every test for threads left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]


def test_a_thread_left_behind_fails_the_test_and_is_named_with_its_place(pytester: pytest.Pytester) -> None:
    pytester.syspathinsert(Path(__file__).resolve().parent.parent)
    pytester.makeconftest("from tests.leaks import no_thread_leaks")
    pytester.makepyfile(
        test_inner="""
        import threading

        def leave_one():
            threading.Thread(target=threading.Event().wait, name="left behind", daemon=True).start()

        def test_leaks():
            leave_one()

        def test_tidies_up():
            thread = threading.Thread(target=lambda: None)
            thread.start()
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*left behind*", "*in leave_one*"])
