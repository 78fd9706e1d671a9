"""The peer: pycocotools, C behind Python, on the same masks. Reads cases as JSON, prints microseconds a call as JSON.

Masks of the peer are column-major over the whole image and compressed; that is its only form. Contours are OpenCV's
(C++), where it is installed: pycocotools has none.
"""
import base64
import json
import sys
import time

import numpy as np
from pycocotools import mask

try:
    import cv2
except ImportError:
    cv2 = None


def best_microseconds(call, batch_seconds, rounds):
    repeats = 1
    while True:
        started = time.perf_counter()
        for _ in range(repeats):
            call()
        if time.perf_counter() - started >= batch_seconds:
            break
        repeats *= 2
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        for _ in range(repeats):
            call()
        best = min(best, (time.perf_counter() - started) / repeats)
    return best * 1e6


def figures(case, batch_seconds, rounds):
    height, width = case["size"]
    box_height, box_width = case["box"]["size"]
    flat = np.frombuffer(base64.b64decode(case["box"]["pixels"]), dtype=np.uint8)
    pixels = flat.reshape((box_height, box_width), order="F")
    in_box = mask.encode(pixels)
    a, b = mask.frPyObjects([{"size": [height, width], "counts": c} for c in case["counts"]], height, width)
    rows = np.ascontiguousarray(pixels)
    calls = {
        "encode": lambda: mask.encode(pixels),
        "decode": lambda: mask.decode(in_box),
        "merge": lambda: mask.merge([a, b]),
        "area": lambda: mask.area(a),
        "IoU": lambda: mask.iou([a], [b], [0]),
        "fill": lambda: mask.frPyObjects([case["polygon"]], height, width),
    }
    if cv2 is not None:
        calls["contours"] = lambda: cv2.findContours(rows, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    return {name: best_microseconds(call, batch_seconds, rounds) for name, call in calls.items()}


request = json.load(sys.stdin)
json.dump([figures(case, request["batchSeconds"], request["rounds"]) for case in request["cases"]], sys.stdout)
