"""
Runs one Nuclio function of Python on this machine, for development: the contract of Nuclio's Python runtime with nothing but the
standard library (Python 3.7 or newer). Started by `fieldmark function serve`.

stdin has a JSON document a line: the function (`config`), first of all and again whenever it changed. The end of stdin ends it.
stdout has what happens, a JSON document a line: listening, ready, failed, call, log. What the function prints goes to stderr.
"""
import json
import signal
import sys
import threading

from _fieldmark_pool import Pool
from _fieldmark_server import Server

_out = threading.Lock()


def tell(event):
    with _out:
        sys.stdout.write(json.dumps(event) + "\n")
        sys.stdout.flush()


def main():
    # Ctrl+C goes to whoever started this, who then closes stdin.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    first = sys.stdin.readline()
    if not first:
        return
    config = json.loads(first)
    try:
        server = Server(config["host"], config["port"], tell)
    except OSError as error:
        tell({"event": "no-port", "error": error.strerror or str(error), "errno": error.errno})
        return
    server.pool = Pool(config, tell)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tell({"event": "listening", "port": server.server_address[1]})
    for line in sys.stdin:
        old, server.pool = server.pool, Pool(json.loads(line), tell)
        old.close()
    server.pool.close()


if __name__ == "__main__":
    if "--worker" in sys.argv:
        from _fieldmark_worker import work
        work()
    else:
        main()
