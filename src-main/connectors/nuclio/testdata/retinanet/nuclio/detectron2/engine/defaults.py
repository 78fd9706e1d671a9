"""White things are persons; blue ones (in BGR: the first channel) are hair driers, which is how Detectron2 spells them."""
import numpy as np


class _Instances:
    def __init__(self, found):
        self.pred_boxes = [np.array(box, float) for box, _, _ in found]
        self.scores = [np.float32(score) for _, score, _ in found]
        self.pred_classes = [np.int64(number) for _, _, number in found]


class DefaultPredictor:
    def __init__(self, cfg):
        assert cfg.frozen

    def __call__(self, image):
        white = (image > 200).all(axis=2)
        blue = (image[:, :, 0] > 200) & (image[:, :, 2] < 50)
        found = [(self._box(white), 0.9, 0), (self._box(blue), 0.6, 2)]
        return {"instances": _Instances([one for one in found if one[0]])}

    def _box(self, mask):
        ys, xs = np.nonzero(mask)
        return [xs.min(), ys.min(), xs.max() + 1, ys.max() + 1] if len(xs) else None
