"""The command line: ``poseapp`` opens the window, its commands do what needs none.

Exit codes and JSON answers are documented in docs/command-line.md.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from poseapp.commands import failures, output
from poseapp.commands.cameras import cameras
from poseapp.commands.demo import demo
from poseapp.commands.extract import extract
from poseapp.commands.history import history
from poseapp.commands.judging import StrictnessOption
from poseapp.commands.library import library
from poseapp.commands.logs import LogFile, logging_to_file
from poseapp.commands.models import models
from poseapp.commands.options import ModelOption
from poseapp.commands.practise import in_window, practise
from poseapp.commands.recognise import recognise
from poseapp.commands.repetitions import repetitions
from poseapp.commands.score import score
from poseapp.commands.similarity import similarity
from poseapp.errors import Cancelled, PoseAppError, UsageError
from poseapp.faults import crashes_kept, faults_logged

__all__ = ["app", "main"]

#: What a shell reports for a program that was ended because nobody read its output any more.
_READER_GONE = 141
#: The base of typer's own usage errors, which it does not export under a name.
_ParserError: type[Exception] = typer.BadParameter.__mro__[1]

_log = logging.getLogger(__name__)

app = typer.Typer(
    name="poseapp",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (demo, practise, score, recognise, repetitions, similarity, extract, cameras, models):
    app.command()(command)
app.add_typer(library, name="library")
app.add_typer(history, name="history")


def _show_version(wanted: bool) -> None:
    if wanted:
        from poseapp import __version__

        output.emit(f"poseapp {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def poseapp(
    context: typer.Context,
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            metavar="CLIP|URL|CAMERA",
            help="Practise with a clip, a network camera (http, rtsp), or a camera by number or name.",
        ),
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option("--reference", metavar="CLIP|NAME", help="The coach's clip, or one of “poseapp library list”."),
    ] = None,
    model: ModelOption = None,
    strictness: StrictnessOption = None,
    self_test: Annotated[
        bool, typer.Option("--self-test", help="Check that everything this installation needs works here, and stop.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="With --self-test: write the result as JSON too.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Practise a movement in front of a webcam against a coach's example.

    Without a command the window opens.
    """
    if context.invoked_subcommand is not None:
        hint = f"“poseapp {context.invoked_subcommand} -h” says what it takes."
        if source is not None or reference is not None:
            raise UsageError(
                f"--source and --reference belong to the window, not to “{context.invoked_subcommand}”.", hint
            )
        if self_test or report is not None:
            raise UsageError(f"--self-test and --report do not go with “{context.invoked_subcommand}”.", hint)
        return
    if self_test:
        from poseapp.selftest.run import run_self_test

        raise typer.Exit(run_self_test(report))
    if report is not None:
        raise UsageError("--report belongs to --self-test.", "poseapp --self-test --report FILE")
    raise typer.Exit(in_window(source, reference, model, strictness))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv : sequence of str, optional
        Arguments without the program's name; those of the process by default.

    Returns
    -------
    int
        Exit code: 0 when all went well, that of the error otherwise (see :mod:`poseapp.errors`).
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    words = arguments[: arguments.index("--")] if "--" in arguments else arguments
    as_json = "--json" in words
    output.use_utf8()
    with logging_to_file() as log_file, crashes_kept(), faults_logged():
        code = _guarded(arguments, as_json, log_file)
        try:
            output.finish()
        except output.ReaderGoneError:
            return _READER_GONE
        except PoseAppError as error:
            return failures.report(error, as_json)
    return code


def _guarded(arguments: list[str], as_json: bool, log_file: LogFile) -> int:
    try:
        return _run(arguments)
    except output.ReaderGoneError:
        return _READER_GONE
    except PoseAppError as error:
        return failures.report(error, as_json)
    except KeyboardInterrupt:
        return failures.report(Cancelled(), as_json)
    except _ParserError as error:
        return failures.report(_usage_error(error, arguments), as_json)
    except Exception as error:  # noqa: BLE001 - the top frame: whatever it is, no traceback reaches the user
        _log.error("unexpected", exc_info=error)
        return failures.report(failures.UnexpectedError(error, log_file.path), as_json)


def _run(arguments: list[str]) -> int:
    group = get_command(app)
    names = {info.name or info.callback.__name__: 1 for info in app.registered_commands if info.callback}
    names |= {str(info.name): 2 for info in app.registered_groups}
    try:
        with group.make_context("poseapp", _command_first(arguments, names)) as context:
            group.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    return 0


def _command_first(arguments: list[str], names: Mapping[str, int]) -> list[str]:
    """Let --json, --model and --strictness stand before the command as well: ``poseapp --json models``.

    `names` says of how many words each command's name consists, by the first of them.
    """
    i = 0
    while i < len(arguments):
        if arguments[i] == "--json" or arguments[i].startswith(("--model=", "--strictness=")):
            i += 1
        elif arguments[i] in ("--model", "--strictness"):
            i += 2
        else:
            break
    if i < len(arguments) and arguments[i] in names:
        end = i + names[arguments[i]]
        return [*arguments[i:end], *arguments[:i], *arguments[end:]]
    return arguments


def _usage_error(error: Exception, arguments: list[str]) -> UsageError:
    """The parser's complaint as one of ours."""
    sentence = error.format_message() if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    where = context.command_path if context is not None else "poseapp"
    hint = f"“{where} -h” shows how it is used."
    if arguments and not arguments[0].startswith("-") and Path(arguments[0]).is_file():
        hint = f"To practise with a clip: poseapp --source {arguments[0]}"
    return UsageError(sentence, hint)
