"""``poseapp models``: the pose models there are."""

from __future__ import annotations

from poseapp.commands import output
from poseapp.commands.options import JsonOption

__all__ = ["models"]


def models(as_json: JsonOption = False) -> None:
    """List the pose models with size and licence, and what each is for."""
    from poseapp.vision.models import list_models

    listed = list_models()
    if as_json:
        output.emit_json(
            {
                "format": "poseapp-models",
                "version": 1,
                "models": [
                    {
                        "name": model.name,
                        "title": model.title,
                        "advice": model.advice,
                        "default": model.default,
                        "bytes": model.bytes,
                        "sha256": model.sha256,
                        "input_height": model.input_shape[1],
                        "input_width": model.input_shape[2],
                        "licence": model.licence,
                        "source": model.source,
                    }
                    for model in listed
                ],
            }
        )
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("Name", "Title", "Size", "Licence", "For"):
        table.add_column(column, justify="right" if column == "Size" else "left", overflow="fold")
    for model in listed:
        name = f"{model.name} (default)" if model.default else model.name
        table.add_row(name, model.title, f"{model.bytes / 1e6:.1f} MB", model.licence, model.advice)
    output.emit_rich(table)
