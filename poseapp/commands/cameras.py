"""``poseapp cameras``: the cameras that are plugged in."""

from __future__ import annotations

from poseapp.commands import output
from poseapp.commands.options import JsonOption

__all__ = ["cameras"]


def cameras(as_json: JsonOption = False) -> None:
    """List the cameras that are plugged in."""
    from poseapp.commands.logs import native_chatter_logged
    from poseapp.vision.cameras import list_cameras

    with native_chatter_logged():
        found = list_cameras()
    if as_json:
        output.emit_json(
            {
                "format": "poseapp-cameras",
                "version": 1,
                "cameras": [
                    {
                        "index": camera.index,
                        "name": output.printable(camera.name),
                        "path": None if camera.path is None else output.printable(camera.path),
                        "vid": camera.vid,
                        "pid": camera.pid,
                    }
                    for camera in found
                ],
            }
        )
    elif found:
        from rich.table import Table

        table = Table(box=None, pad_edge=False, header_style="dim")
        for column in ("Index", "Name", "Path"):
            table.add_column(column, overflow="fold")
        for camera in found:
            table.add_row(str(camera.index), output.printable(camera.name), output.printable(camera.path or ""))
        output.emit_rich(table)
    else:
        output.emit("No camera was found.\nPlug one in, or practise with a clip: poseapp --source CLIP\n")
