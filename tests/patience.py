"""How long tests wait for what must happen: long, for on a busy machine everything is slow. Only failures cost it."""

from __future__ import annotations

PATIENCE_S = 60.0
PATIENCE_MS = 60_000
