"""One worker: a process that loads the function and answers one call at a time, as in Nuclio."""
import asyncio
import importlib
import inspect
import os
import queue
import signal
import sys
import threading
import traceback
import types
from urllib.parse import parse_qsl, urlsplit

import _fieldmark_contract as contract
from _fieldmark_group import end_group
from _fieldmark_messages import read_message, write_message
from _fieldmark_paths import ContainerPaths


def work():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    calls, answers = _take_pipes()
    config, _ = read_message(calls)
    waiting = queue.Queue()
    threading.Thread(target=_listen, args=(calls, waiting), daemon=True).start()
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != _HERE]
    os.chdir(config["folder"])
    sys.path.insert(0, config["folder"])
    ContainerPaths(config["folder"], config["functionYaml"]).install()
    _offer_sdk()

    say = _speaker(answers)

    def tell(level, text, facts):
        plain = {key: str(value) for key, value in facts.items()}
        say({"type": "log", "level": level, "text": text, "facts": plain})

    context = contract.Context(contract.Logger(tell), config["worker"])
    loop = asyncio.new_event_loop()
    try:
        handler = _load(config, context, loop)
    except BaseException as error:  # sys.exit of a function that cannot start is a failure to start, too
        say(_failure(error))
        return
    say({"type": "ready"})
    while True:
        head, body = _answer(handler, context, loop, *waiting.get())
        say(head, body)


def _speaker(answers):
    """Messages are written whole, whichever thread of the function logs meanwhile. Processes that it forks only print."""
    lock, own = threading.Lock(), os.getpid()

    def say(head, body=b""):
        if os.getpid() != own:
            print(head.get("text", ""), file=sys.stderr)
            return
        with lock:
            write_message(answers, head, body)
    return say


def _listen(calls, waiting):
    """The end of the calls is the end of this process, whatever the function is busy with, and of all that it started."""
    while True:
        call = read_message(calls)
        if call is None:
            end_group(os.getpid())
            os._exit(0)
        waiting.put(call)


_HERE = os.path.dirname(os.path.abspath(__file__))


def _take_pipes():
    """Calls come in at stdin, answers go out at stdout. What the function prints goes to stderr, and it reads nothing."""
    calls = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")
    return calls, answers


def _offer_sdk():
    try:
        importlib.import_module("nuclio_sdk")
    except ImportError:
        sdk = types.ModuleType("nuclio_sdk")
        for name in ("Context", "Event", "Logger", "Response"):
            setattr(sdk, name, getattr(contract, name))
        sys.modules["nuclio_sdk"] = sdk


def _load(config, context, loop):
    module = importlib.import_module(config["module"])
    handler = getattr(module, config["entry"], None)
    if handler is None:
        raise AttributeError("%s has no function called %s (spec.handler of function.yaml says so)"
                             % (config["module"], config["entry"]))
    if hasattr(module, "init_context"):
        _finished(module.init_context(context), loop)
    return handler


def _finished(value, loop):
    return loop.run_until_complete(value) if inspect.isawaitable(value) else value


def _failure(error):
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    return {"type": "failed", "error": "%s: %s" % (type(error).__name__, error),
            "missing": missing, "trace": traceback.format_exc()}


def _answer(handler, context, loop, head, body):
    try:
        url = urlsplit(head["url"])
        event = contract.Event(
            body=contract.decoded_body(body, head["contentType"]), content_type=head["contentType"],
            fields=dict(parse_qsl(url.query)), headers=head["headers"], id=head["id"],
            method=head["method"], path=url.path, size=len(body), url=head["url"])
        output = _finished(handler(context, event), loop)
        status, content_type, headers, answer = contract.answer_of(output)
    except Exception as error:
        trace = traceback.format_exc()
        context.logger.error('Exception caught in handler "%s": %s' % (error, trace))
        text = 'Exception caught in handler "%s": %s' % (error, trace)
        return {"type": "answer", "status": 500, "contentType": "text/plain", "headers": {}}, \
            text.encode("utf-8", "replace")
    return {"type": "answer", "status": status, "contentType": content_type, "headers": headers}, answer
