"""As many workers as the function has: taken for a call, put back after it, started again when they hang or end."""
import os
import queue
import subprocess
import sys
import threading

from _fieldmark_group import end_group
from _fieldmark_messages import read_message, write_message
from _fieldmark_paths import ContainerPaths


class WorkerEnded(Exception):
    """The process is gone: it crashed, or was told to go."""


class Worker:
    """`config` is what the process is told of its function; `tell` takes what it says besides answers."""

    def __init__(self, config, number, tell):
        self._inbox = queue.Queue()
        self._tell = tell
        self._process = subprocess.Popen(
            [sys.executable, os.path.dirname(os.path.abspath(__file__)), "--worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment(config),
            start_new_session=True)
        threading.Thread(target=self._listen, daemon=True).start()
        self._send(dict(config, worker=number))

    def _listen(self):
        while True:
            message = read_message(self._process.stdout)
            if message is not None and message[0]["type"] == "log":
                self._tell(dict(message[0], event="log"))
                continue
            self._inbox.put(message)
            if message is None:
                return

    def _send(self, head, body=b""):
        try:
            write_message(self._process.stdin, head, body)
        except (OSError, ValueError):
            raise WorkerEnded(self._how_it_ended())

    def _how_it_ended(self):
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:
            return "its process answers no more"
        return "its process ended with exit code %s" % code

    def receive(self, timeout=None):
        """The next (head, body). Raises queue.Empty when it takes longer, WorkerEnded when there will be none."""
        message = self._inbox.get(timeout=timeout)
        if message is None:
            raise WorkerEnded(self._how_it_ended())
        return message

    def ask(self, head, body, timeout):
        self._send(head, body)
        return self.receive(timeout)

    def end(self):
        end_group(self._process.pid)
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()


def _environment(config):
    env = dict(os.environ, **config["env"])
    if "PYTHONPATH" in config["env"]:
        paths = ContainerPaths(config["folder"], config["functionYaml"])
        env["PYTHONPATH"] = paths.search_path(config["env"]["PYTHONPATH"])
    env.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    return env


class Pool:
    """`state` is one of Nuclio's words: ready, error, waitingForResourceConfiguration."""

    def __init__(self, config, tell):
        self.config = config
        self.message = ""
        self._tell = tell
        self._idle = queue.Queue()
        self._workers = set()
        self._lock = threading.Lock()
        self._started = 0
        self._closed = False
        self.state = "waitingForResourceConfiguration"
        for number in range(config["workers"]):
            threading.Thread(target=self._start, args=(number,), daemon=True).start()

    def _start(self, number):
        worker = Worker(self.config, number, self._tell)
        with self._lock:
            self._workers.add(worker)
            if self._closed:
                worker.end()
                return
        try:
            head, _ = worker.receive()
        except WorkerEnded as error:
            head = {"type": "failed", "error": str(error), "missing": None, "trace": ""}
        if self._closed:
            return
        if head["type"] == "failed":
            return self._fail(worker, head)
        self._idle.put((number, worker))
        with self._lock:
            self._started += 1
            is_whole = self._started == self.config["workers"]
        if is_whole and self.state != "error":
            self.state = "ready"
            self._tell({"event": "ready"})

    def _fail(self, worker, head):
        self._drop(worker)
        is_first = self.state != "error"
        self.state, self.message = "error", head["error"]
        if is_first:
            self._tell(dict(head, event="failed"))

    def _drop(self, worker):
        with self._lock:
            self._workers.discard(worker)
        worker.end()

    def _again(self, number, worker):
        self._drop(worker)
        if not self._closed:
            threading.Thread(target=self._start, args=(number,), daemon=True).start()

    def call(self, head, body):
        """(status, content type, headers, body) of one call."""
        if self.state == "error":
            return _text(500, "The function could not start: %s" % self.message)
        try:
            number, worker = self._idle.get(timeout=self.config["workerWaitSeconds"])
        except queue.Empty:
            return _text(503, "No free worker within %s s" % self.config["workerWaitSeconds"])
        try:
            answer, answered = worker.ask(head, body, self.config["eventTimeoutSeconds"])
        except queue.Empty:
            self._tell({"event": "log", "level": "warn", "facts": {},
                        "text": "Worker %s gave no answer within eventTimeout and is started again." % number})
            self._again(number, worker)
            return _text(408, "")
        except WorkerEnded as error:
            self._tell({"event": "log", "level": "error", "facts": {},
                        "text": "Worker %s: %s. It is started again." % (number, error)})
            self._again(number, worker)
            return _text(500, "The function ended in the middle of a call: %s" % error)
        self._idle.put((number, worker))
        return answer["status"], answer["contentType"], answer["headers"], answered

    def close(self):
        with self._lock:
            self._closed = True
            workers = list(self._workers)
        for worker in workers:
            worker.end()


def _text(status, text):
    return status, "text/plain", {}, text.encode("utf-8")
