class ModelHandler:
    """Your model: load it in __init__, use it in segment. What is here now needs no weights, so that everything else can be tried."""

    def __init__(self):
        # Your model: self.session = onnxruntime.InferenceSession("model.onnx")
        # Paths are relative to function.yaml; in the container that is /opt/nuclio.
        self.reach = 60

    def segment(self, image, positive, negative, box):
        """
        The object under the positive clicks, without what is like the negative ones, inside the box if there is one.
        Returns (mask, bounds): rows of 0 and 255, and [left, top, right, bottom] of them in pixels, both ends included.
        (None, None) when there is nothing.
        """
        # Your model: mask = self.session.run(...)
        left, top, right, bottom = box or (0, 0, image.width, image.height)
        if not positive:
            positive = [[(left + right) / 2, (top + bottom) / 2]]
        wanted = [image.color(x, y) for x, y in positive]
        others = [image.color(x, y) for x, y in negative]
        cell = image.cell_size()

        def is_part(column, row):
            x, y = (column + 0.5) * cell, (row + 0.5) * cell
            if not (left <= x < right and top <= y < bottom):
                return False
            color = image.color(x, y)
            near = min(_distance(color, one) for one in wanted)
            return near <= self.reach and all(near < _distance(color, one) for one in others)

        cells = _flood([(int(x // cell), int(y // cell)) for x, y in positive], is_part)
        return _mask(cells, cell, image) if cells else (None, None)


def _distance(a, b):
    return sum(abs(one - other) for one, other in zip(a, b))


def _flood(seeds, is_part):
    found, edge = set(), [seed for seed in seeds if is_part(*seed)]
    while edge:
        x, y = edge.pop()
        if (x, y) in found:
            continue
        found.add((x, y))
        edge.extend(one for one in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1))
                    if one not in found and is_part(*one))
    return found


def _mask(cells, cell, image):
    left, top = min(x for x, _ in cells) * cell, min(y for _, y in cells) * cell
    right = min((max(x for x, _ in cells) + 1) * cell, image.width)
    bottom = min((max(y for _, y in cells) + 1) * cell, image.height)
    rows = []
    for row in range(top // cell, -(-bottom // cell)):
        line = []
        for column in range(left // cell, -(-right // cell)):
            line.extend([255 if (column, row) in cells else 0] * cell)
        rows.extend([line[:right - left]] * cell)
    return rows[:bottom - top], [left, top, right - 1, bottom - 1]
