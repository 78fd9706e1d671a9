"""Random frame-accurate seeks by PyAV or OpenCV (one a process: together they hang). Usage: video-peer.py pyav|opencv FILE N...; prints ms as JSON."""
import json, os, sys, time

peer, path, wanted = sys.argv[1], sys.argv[2], [int(n) for n in sys.argv[3:]]


def pyav_seek():
    import av

    container = av.open(path)
    stream = container.streams.video[0]
    times = sorted(packet.pts for packet in container.demux(stream) if packet.pts is not None)

    def seek(n):
        container.seek(times[n], stream=stream, backward=True)
        for frame in container.decode(stream):
            if frame.pts >= times[n]:
                return

    return seek


def opencv_seek():
    import cv2

    capture = cv2.VideoCapture(path)

    def seek(n):
        capture.set(cv2.CAP_PROP_POS_FRAMES, n)
        capture.read()

    return seek


def timed(seek, n):
    begin = time.perf_counter()
    seek(n)
    return (time.perf_counter() - begin) * 1000


seek = {"pyav": pyav_seek, "opencv": opencv_seek}[peer]()
print(json.dumps([timed(seek, n) for n in wanted]), flush=True)
os._exit(0)
