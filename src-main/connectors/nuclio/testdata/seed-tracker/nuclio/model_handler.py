"""Stands in for a model: goes to where the light is, keeping its size and its type."""
import cv2
import numpy as np


class ModelHandler:
    def init_tracker(self, image, points, shape_type):
        return {'type': shape_type, 'points': points, 'center': self._light(image)}

    def track(self, image, state):
        center = self._light(image)
        moves = [center[i % 2] - state['center'][i % 2] for i in range(len(state['points']))]
        points = [value + move for value, move in zip(state['points'], moves)]
        return {'type': state['type'], 'points': points, 'center': center}

    def get_shape(self, state):
        return {'type': state['type'], 'points': state['points']}

    def _light(self, image):
        ys, xs = np.nonzero(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) > 127)
        return [float(xs.mean()), float(ys.mean())]
