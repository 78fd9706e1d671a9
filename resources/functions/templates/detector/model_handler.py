class ModelHandler:
    """Your model: load it in __init__, use it in infer. What is here now needs no weights, so that everything else can be tried."""

    def __init__(self):
        # Your model: self.session = onnxruntime.InferenceSession("model.onnx")
        # Paths are relative to function.yaml; in the container that is /opt/nuclio.
        self.label = "bright"

    def infer(self, image, threshold):
        """
        A list of {"type", "label", "confidence", "points"}: rectangles have [left, top, right, bottom] in pixels of exactly this
        picture, polygons a flat [x0, y0, x1, y1, ...]; docs/functions.md of Fieldmark has them all.
        """
        # Your model: boxes, scores, classes = self.session.run(...)
        cell = image.cell_size()
        columns, rows = -(-image.width // cell), -(-image.height // cell)
        bright = {}
        for row in range(rows):
            for column in range(columns):
                light = image.light((column + 0.5) * cell, (row + 0.5) * cell)
                if light >= 160:
                    bright[column, row] = light
        found = []
        for cells, light in _islands(bright):
            confidence = light / 255
            if len(cells) < 4 or confidence < threshold:
                continue
            left, right = min(x for x, _ in cells), max(x for x, _ in cells) + 1
            top, bottom = min(y for _, y in cells), max(y for _, y in cells) + 1
            found.append({
                "type": "rectangle",
                "label": self.label,
                "confidence": round(confidence, 4),
                "points": [left * cell, top * cell, min(right * cell, image.width), min(bottom * cell, image.height)],
            })
        return found


def _islands(cells):
    """Cells that touch, with the mean of their values; takes them out of `cells`."""
    while cells:
        start = next(iter(cells))
        island, total, edge = [], 0, [(start, cells.pop(start))]
        while edge:
            (x, y), value = edge.pop()
            island.append((x, y))
            total += value
            for neighbour in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                if neighbour in cells:
                    edge.append((neighbour, cells.pop(neighbour)))
        yield island, total / len(island)
