"""Messages between the runner and its workers: a JSON head and bytes, each with its length in front. Nothing is unpickled."""
import json
import struct

_HEAD = struct.Struct(">II")


def write_message(stream, head, body=b""):
    text = json.dumps(head).encode("utf-8")
    stream.write(_HEAD.pack(len(text), len(body)))
    stream.write(text)
    stream.write(body)
    stream.flush()


def read_message(stream):
    """The next (head, body); None at the end of the stream."""
    lengths = _exactly(stream, _HEAD.size)
    if lengths is None:
        return None
    head_length, body_length = _HEAD.unpack(lengths)
    head = _exactly(stream, head_length)
    body = _exactly(stream, body_length)
    if head is None or body is None:
        return None
    return json.loads(head.decode("utf-8")), body


def _exactly(stream, length):
    pieces = []
    while length > 0:
        piece = stream.read(length)
        if not piece:
            return None
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
