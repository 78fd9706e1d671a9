"""
Takes calls: {"image", "shapes", "states"} in, {"shapes", "states"} out, one of each for every object.
Without states it learns what the shapes look like; with states it finds them again on this picture.
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
        image = read_picture(base64.b64decode(data["image"]))
        shapes, states = data["shapes"], data["states"]
    except (KeyError, TypeError, ValueError) as error:
        return _answer(context, {"error": "The call cannot be read: %s" % error}, 400)

    model = context.user_data.model
    # A worker may get any of the calls: whatever must be known for the next one goes into the state, as JSON.
    if not states:
        states = [model.init_tracker(image, shape["points"], shape["type"]) for shape in shapes]
    else:
        states = [model.track(image, state) for state in states]
    return _answer(context, {"shapes": [model.get_shape(state) for state in states], "states": states}, 200)


def _answer(context, body, status):
    return context.Response(body=json.dumps(body), headers={}, content_type="application/json", status_code=status)
