import numpy as np


def convert_PIL_to_numpy(image, format):
    assert format == "BGR"
    return np.asarray(image.convert("RGB"))[:, :, ::-1]
