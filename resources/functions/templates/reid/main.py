"""
Takes calls: {"image0", "image1", "boxes0", "boxes1", "threshold", "max_distance"} in, and answers for each of boxes0 the index of
the same object in boxes1, or -1. A box is {"points": [left, top, right, bottom], "label_id": number}.
"""
import base64
import json

from model_handler import ModelHandler
from picture import read_picture


def init_context(context):
    """Runs once a worker, before the first call: load everything slow here."""
    context.logger.info("Loading the model")
    context.user_data.model = ModelHandler()
    context.logger.info("The model is ready")


def handler(context, event):
    try:
        data = event.body
        images = [read_picture(base64.b64decode(data[key])) for key in ("image0", "image1")]
        boxes = data["boxes0"], data["boxes1"]
        threshold = float(data.get("threshold", 0.5))
        most = float(data.get("max_distance", 50))
    except (KeyError, TypeError, ValueError) as error:
        return _answer(context, {"error": "The call cannot be read: %s" % error}, 400)

    return _answer(context, context.user_data.model.match(images, boxes, threshold, most), 200)


def _answer(context, body, status):
    return context.Response(body=json.dumps(body), headers={}, content_type="application/json", status_code=status)
