"""What Nuclio gives to a function, as far as these tests need it, and pictures made of nothing."""
import base64
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "nuclio"))


class Logger:
    def __getattr__(self, level):
        return lambda *args, **facts: None


class Context:
    class Response:
        def __init__(self, body=None, headers=None, content_type=None, status_code=200):
            self.body, self.headers = body, headers
            self.content_type, self.status_code = content_type, status_code

    class UserData:
        pass

    def __init__(self):
        self.logger = Logger()
        self.user_data = Context.UserData()
        self.worker_id = 0


class Event:
    def __init__(self, body):
        self.body = body


def picture_of(width, height, boxes):
    """A black picture with coloured boxes [left, top, right, bottom, (red, green, blue)], as base64 of a PPM file."""
    rows = []
    for y in range(height):
        row = bytearray(3 * width)
        for left, top, right, bottom, color in boxes:
            if top <= y < bottom:
                row[3 * left:3 * right] = bytes(color) * (right - left)
        rows.append(bytes(row))
    data = b"P6 %d %d 255\n" % (width, height) + b"".join(rows)
    return base64.b64encode(data).decode("ascii")
