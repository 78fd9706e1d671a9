SAMPLES = 12
LOST = 60


class ModelHandler:
    """Your model: load it in __init__. What is here now needs no weights, so that everything else can be tried."""

    def __init__(self):
        # Your model: self.session = onnxruntime.InferenceSession("model.onnx")
        # Paths are relative to function.yaml; in the container that is /opt/nuclio.
        pass

    def init_tracker(self, image, points, shape_type):
        """What has to be remembered of an object: anything that JSON can hold."""
        # Your model: features = self.session.run(...)
        return {"box": list(points), "look": _look(image, points), "lost": False}

    def track(self, image, state):
        """Where it is on this picture."""
        left, top, right, bottom = state["box"]
        width, height = right - left, bottom - top
        best = (_difference(image, state["box"], state["look"]), state["box"])
        # First far and coarse, then near and fine, each around the best so far.
        for reach, steps in ((0.6, 6), (0.1, 4)):
            _, (x, y, _, _) = best
            for across in range(-steps, steps + 1):
                for down in range(-steps, steps + 1):
                    dx, dy = across / steps * reach * width, down / steps * reach * height
                    box = [x + dx, y + dy, x + dx + width, y + dy + height]
                    difference = _difference(image, box, state["look"])
                    if difference < best[0]:
                        best = (difference, box)
        difference, box = best
        if difference > LOST:
            return dict(state, lost=True)
        return {"box": [round(one, 2) for one in box], "look": state["look"], "lost": False}

    def get_shape(self, state):
        """As it is drawn; None when it is lost."""
        return None if state["lost"] else {"type": "rectangle", "points": state["box"]}


def _look(image, box):
    """How light it is in a grid of places inside."""
    left, top, right, bottom = box
    places = [(i + 0.5) / SAMPLES for i in range(SAMPLES)]
    return [image.light(left + x * (right - left), top + y * (bottom - top)) for y in places for x in places]


def _difference(image, box, look):
    return sum(abs(a - b) for a, b in zip(_look(image, box), look)) / len(look)
