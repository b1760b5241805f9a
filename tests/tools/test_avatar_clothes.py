"""What the figure wears: where clothes end, and that they lie outside of the skin."""

import numpy as np
import pytest

from tools.avatar.body import BODY_NAMES, AvatarBody
from tools.avatar.clothes import Kind, dress
from tools.avatar.cuts import Measures, along_arm
from tools.avatar.scene import LOOKS


@pytest.fixture(scope="module", params=BODY_NAMES)
def person(request):
    body = AvatarBody.load(request.param)
    return body, dress(body, LOOKS[request.param].outfit), LOOKS[request.param].outfit


def _of(dressed, kind):
    """Vertices of the triangles of a kind."""
    return np.unique(np.concatenate([dressed.triangles[span] for found, span in dressed.spans if found is kind]))


def _worn(dressed, kind):
    vertices = _of(dressed, kind)
    return vertices[dressed.static[vertices, 3] > 0]


def test_spans_name_every_triangle_once(person):
    _, dressed, outfit = person
    assert [span.start for _, span in dressed.spans[1:]] == [span.stop for _, span in dressed.spans[:-1]]
    assert dressed.spans[-1][1].stop == len(dressed.triangles)
    assert (Kind.HAIR in dict(dressed.spans)) == outfit.long_hair


def test_every_vertex_is_used_and_knows_where_it_comes_from(person):
    body, dressed, _ = person
    assert np.array_equal(np.unique(dressed.triangles), np.arange(len(dressed.rest)))
    assert dressed.static[:, :3] == pytest.approx(body.vertices[dressed.source], abs=1e-6)
    off = np.linalg.norm(dressed.rest - body.vertices[dressed.source], axis=1)
    assert off.max() < 0.04  # nothing is moved out further than loose cloth


def test_shirt_trousers_and_shoes_are_where_they_belong(person):
    body, dressed, outfit = person
    hip, knee, ankle, neck = (body.head(f"{b}")[2] for b in ("upperleg01.L", "lowerleg01.L", "foot.L", "neck01"))
    height = {kind: dressed.static[_worn(dressed, kind), 2] for kind in (Kind.SHIRT, Kind.TROUSERS, Kind.SHOES)}
    assert hip - 0.15 < height[Kind.SHIRT].min() < hip
    assert height[Kind.SHIRT].max() < neck + 0.08
    assert height[Kind.TROUSERS].max() > height[Kind.SHIRT].min()  # no bare belly
    assert abs(height[Kind.TROUSERS].min() - (ankle if outfit.legs == 1 else knee)) < 0.1
    assert height[Kind.SHOES].max() < ankle + 0.03


def test_sleeves_end_where_the_outfit_says(person):
    body, dressed, outfit = person
    measures = Measures.of(body)
    along = along_arm(dressed.static[_worn(dressed, Kind.SHIRT), :3].astype(float), measures)
    assert outfit.sleeve - 0.2 < along.max() <= outfit.sleeve + 1e-6


def test_the_throat_is_bare(person):
    body, dressed, _ = person
    shirt = dressed.static[_worn(dressed, Kind.SHIRT), :3]
    throat = (
        (np.abs(shirt[:, 0]) < 0.03) & (shirt[:, 1] < body.head("neck01")[1]) & (shirt[:, 2] > body.head("neck01")[2])
    )
    assert not throat.any()


def test_normals_of_the_skin_point_outwards(person):
    _, dressed, _ = person
    normals = dressed.normals(dressed.rest)
    assert np.linalg.norm(normals, axis=1) == pytest.approx(1, abs=1e-6)
    shirt = _worn(dressed, Kind.SHIRT)
    chest = shirt[np.abs(dressed.rest[shirt, 0]) < 0.1]
    outwards = dressed.rest[chest] - dressed.rest[shirt].mean(axis=0)
    assert (normals[chest, 1] * outwards[:, 1] > 0).mean() > 0.9
