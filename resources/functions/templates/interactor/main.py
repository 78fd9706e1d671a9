"""Takes calls: {"image", "pos_points": [[x, y], ...], "neg_points", "obj_bbox": [[x, y], [x, y]] or nothing} in, a mask out."""
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
        image = read_picture(base64.b64decode(data["image"]))
        positive, negative = data["pos_points"], data["neg_points"]
        box = box_of(data.get("obj_bbox"))
    except (KeyError, TypeError, ValueError) as error:
        return _answer(context, {"error": "The call cannot be read: %s" % error}, 400)

    mask, bounds = context.user_data.model.segment(image, positive, negative, box)
    return _answer(context, {"mask": mask, "bounds": bounds} if mask else {"mask": []}, 200)


def box_of(value):
    """[left, top, right, bottom]; None for none. CVAT sends two corners, some clients one flat list."""
    if not value:
        return None
    if len(value) == 2:
        return [*value[0], *value[1]]
    return list(value)


def _answer(context, body, status):
    return context.Response(body=json.dumps(body), headers={}, content_type="application/json", status_code=status)
