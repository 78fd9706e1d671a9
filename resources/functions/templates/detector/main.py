"""Takes calls: {"image": base64, "threshold": 0.5} in, a list of what was found out."""
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
        threshold = float(data.get("threshold", 0.5))
    except (KeyError, TypeError, ValueError) as error:
        return _answer(context, {"error": "The call cannot be read: %s" % error}, 400)

    # An error in here becomes an answer 500 with its traceback, whose last line Fieldmark shows.
    return _answer(context, context.user_data.model.infer(image, threshold), 200)


def _answer(context, body, status):
    return context.Response(body=json.dumps(body), headers={}, content_type="application/json", status_code=status)
