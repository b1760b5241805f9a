"""``python -m poseapp`` is ``poseapp``. The command begins here, before anything is imported that takes its time."""

import sys

_STOPPED = 130
_DOCUMENT = '{\n  "error": "cancelled",\n  "message": "Stopped.",\n  "hint": null,\n  "exit_code": 130\n}\n'


def main() -> int:
    """Run the command line, see :func:`poseapp.cli.main`.

    Returns
    -------
    int
        Exit code; 130 when Ctrl-C came before the command line was there, or after it had ended.
    """
    try:
        from poseapp.cli import main as run

        return run()
    except KeyboardInterrupt:
        as_json = "--json" in sys.argv
        stream = sys.stdout if as_json else sys.stderr
        try:
            if stream is not None:
                stream.write(_DOCUMENT if as_json else "Stopped.\n")
                stream.flush()
        except OSError:  # nobody is there to read it
            pass
        return _STOPPED


if __name__ == "__main__":
    sys.exit(main())
