"""Pictures as plain bytes, so that this function runs wherever Python does. A real model wants Pillow, OpenCV or NumPy instead."""
import io
import struct
import zlib


class Picture:
    """`rgb` has three bytes a pixel, row by row. (0, 0) is the top left corner; a pixel's centre is at .5."""

    def __init__(self, width, height, rgb):
        self.width, self.height, self.rgb = width, height, rgb

    def color(self, x, y):
        """(red, green, blue) of the pixel at this place; places outside count as the nearest pixel."""
        column = min(max(int(x), 0), self.width - 1)
        row = min(max(int(y), 0), self.height - 1)
        at = 3 * (row * self.width + column)
        return self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]

    def light(self, x, y):
        """0 (black) to 255 (white)."""
        red, green, blue = self.color(x, y)
        return (299 * red + 587 * green + 114 * blue) // 1000

    def cell_size(self, most=200):
        """Side of a square, in pixels, so that the picture has at most `most` of them in a row."""
        return max(1, -(-max(self.width, self.height) // most))


def read_picture(data):
    """Whatever Pillow reads where it is installed, else PNG (8 bits a channel) and PPM. Raises ValueError with a reason."""
    try:
        from PIL import Image
    except ImportError:
        return _without_pillow(data)
    try:
        image = Image.open(io.BytesIO(data)).convert("RGB")
    except Exception as error:
        raise ValueError("the picture cannot be read: %s" % error)
    return Picture(image.width, image.height, image.tobytes())


def _without_pillow(data):
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return _png(data)
    if data[:2] == b"P6":
        return _ppm(data)
    raise ValueError("without Pillow only PNG and PPM can be read: python3 -m pip install pillow")


def _ppm(data):
    fields = data.split(None, 4)
    width, height, most = (int(field) for field in fields[1:4])
    start = len(data) - 3 * width * height
    if most != 255 or start <= 0:
        raise ValueError("only whole PPM files of 255 steps can be read")
    return Picture(width, height, data[start:])


_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def _png(data):
    at, packed, palette = 8, b"", b""
    width = height = kind = 0
    while at + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[at:at + 8])
        chunk = data[at + 8:at + 8 + length]
        if name == b"IHDR":
            width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", chunk)
            if depth != 8 or interlaced:
                raise ValueError("only PNG of 8 bits, not interlaced, can be read without Pillow")
        elif name == b"PLTE":
            palette = chunk
        elif name == b"IDAT":
            packed += chunk
        at += length + 12
    rows = _unfiltered(zlib.decompress(packed), width, height, _CHANNELS[kind])
    return Picture(width, height, b"".join(_rgb_row(row, kind, palette) for row in rows))


def _unfiltered(raw, width, height, channels):
    size = width * channels
    above = bytearray(size)
    for row in range(height):
        start = row * (size + 1)
        way, line = raw[start], bytearray(raw[start + 1:start + 1 + size])
        if way == 2:
            line = bytearray((value + up) & 255 for value, up in zip(line, above))
        elif way != 0:
            for i in range(size):
                left = line[i - channels] if i >= channels else 0
                corner = above[i - channels] if i >= channels else 0
                line[i] = (line[i] + _guess(way, left, above[i], corner)) & 255
        above = line
        yield line


def _guess(way, left, above, corner):
    if way == 1:
        return left
    return (left + above) // 2 if way == 3 else _paeth(left, above, corner)


def _paeth(left, above, corner):
    guess = left + above - corner
    ways = (abs(guess - left), abs(guess - above), abs(guess - corner))
    return (left, above, corner)[ways.index(min(ways))]


def _rgb_row(row, kind, palette):
    if kind == 2:
        return bytes(row)
    if kind == 6:
        return bytes(value for i, value in enumerate(row) if i % 4 != 3)
    if kind == 3:
        return b"".join(palette[3 * index:3 * index + 3] for index in row)
    gray = row if kind == 0 else row[::2]
    return b"".join(bytes((value, value, value)) for value in gray)
