"""Make what `poseapp --self-test` compares the models with: models/self-test.png and models/self-test.json.

Run it when a model was changed, and look at what it prints: python -m tools.build_self_test
"""

from __future__ import annotations

from itertools import islice

import cv2
import msgspec

from poseapp.files import written_whole
from poseapp.paths import models_dir
from poseapp.selftest.seeing import EXPECTED_FILE, PICTURE_FILE, Expected
from poseapp.session.demo import clip_pictures, demo_reference
from poseapp.vision.estimators import create_estimator
from poseapp.vision.models import list_models
from poseapp.vision.picture import fit_inside, read_picture

_HEIGHT = 256


def main() -> None:
    """Cut a picture out of the demo's reference and keep what every model finds in it."""
    path = models_dir() / PICTURE_FILE
    if not path.exists():
        _t, bgr = next(islice(clip_pictures(demo_reference().clip), 20, None))
        _coded, content = cv2.imencode(".png", fit_inside(bgr, _HEIGHT, _HEIGHT), [cv2.IMWRITE_PNG_COMPRESSION, 9])
        with written_whole(path) as file:
            file.write(content.tobytes())
    picture = read_picture(path)
    kept = {}
    for info in list_models():
        estimator = create_estimator(info.name)
        (pose,) = estimator.estimate(picture)
        estimator.close()
        kept[info.name] = [
            (round(float(x), 2), round(float(y), 2), round(float(c), 3))
            for (x, y), c in zip(pose.xy, pose.confidence, strict=True)
        ]
        print(f"{info.name}: {sum(c >= 0.5 for _x, _y, c in kept[info.name])} of 17 keypoints above 0.5")
    with written_whole(models_dir() / EXPECTED_FILE) as file:
        file.write(msgspec.json.format(msgspec.json.encode(Expected(kept)), indent=1) + b"\n")


if __name__ == "__main__":
    main()
