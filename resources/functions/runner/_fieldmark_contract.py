"""
What Nuclio gives to Python functions: context, event, response, logger. Names and behaviour are those of its Python SDK, which
functions may also import as `nuclio_sdk`.
"""
import datetime
import json
import traceback


class Response:
    def __init__(self, headers=None, body=None, content_type="text/plain", status_code=200):
        self.headers = headers or {}
        self.body = body
        self.content_type = content_type
        self.status_code = status_code

    def __repr__(self):
        return "Response(status_code=%r, content_type=%r)" % (self.status_code, self.content_type)


class TriggerInfo:
    def __init__(self, kind="http", name="myHttpTrigger"):
        self.klass = "sync"
        self.kind = kind
        self.name = name


class Event:
    """A call. `body` is bytes, or the object they say when their content type is JSON."""

    def __init__(self, body=None, content_type=None, fields=None, headers=None, id=None,
                 method=None, path=None, size=None, timestamp=None, url=None, trigger=None):
        self.body = body
        self.content_type = content_type
        self.trigger = trigger or TriggerInfo()
        self.fields = fields or {}
        self.headers = headers or {}
        self.id = id
        self.method = method
        self.path = path or "/"
        self.size = size
        self.timestamp = timestamp or datetime.datetime.now(datetime.timezone.utc)
        self.url = url
        self.shard_id = None
        self.num_shards = None
        self.type = ""
        self.type_version = ""
        self.version = ""
        self.last_in_batch = True
        self.offset = 0

    def get_header(self, key):
        wanted = key.lower()
        return next((value for name, value in self.headers.items() if name.lower() == wanted), None)

    def __repr__(self):
        return "Event(%s %s, %s, %s bytes)" % (self.method, self.path, self.content_type, self.size)


def decoded_body(body, content_type):
    if (content_type or "").split(";")[0].strip().lower() == "application/json":
        try:
            return json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError):
            return body
    return body


class Logger:
    """`tell(level, text, details)` takes each line. Every level has a twin ending in `_with` that takes facts by name."""

    def __init__(self, tell, facts=None):
        self._tell = tell
        self._facts = facts or {}
        self.level = "debug"

    def bind(self, **facts):
        return Logger(self._tell, dict(self._facts, **facts))

    def get_child(self, name):
        return self.bind(name=name)

    def set_level(self, level):
        self.level = level

    def _say(self, level, message, args, options, facts):
        text = str(message)
        if args:
            try:
                text = text % args
            except (TypeError, ValueError):
                text = "%s %r" % (text, args)
        if options.pop("exc_info", False):
            text = "%s\n%s" % (text, traceback.format_exc().rstrip())
        for ours in ("stack_info", "stacklevel", "extra"):
            options.pop(ours, None)
        self._tell(level, text, dict(self._facts, **options, **facts))

    def log(self, level, message, *args, **options):
        self._say(str(level).lower(), message, args, options, {})


def _add_levels():
    def plain(level):
        def say(self, message, *args, **options):
            self._say(level, message, args, options, {})
        return say

    def with_facts(level):
        def say(self, message, *args, **facts):
            self._say(level, message, args, {}, facts)
        return say

    levels = {"debug": "debug", "info": "info", "warn": "warn", "warning": "warn",
              "error": "error", "critical": "error", "fatal": "error"}
    for name, level in levels.items():
        setattr(Logger, name, plain(level))
        setattr(Logger, name + "_with", with_facts(level))

    def exception(self, message, *args, **options):
        self._say("error", message, args, dict(options, exc_info=True), {})
    Logger.exception = exception


_add_levels()


class UserData:
    """Whatever a function keeps between calls, such as its model."""


class Platform:
    kind = "local"
    namespace = "nuclio"

    def call_function(self, name, event, node=None, timeout=None, service_name_override=None):
        raise NotImplementedError(
            "`context.platform.call_function` needs Nuclio: one function is served here, and knows no others.")


class Context:
    Response = Response
    Event = Event

    def __init__(self, logger, worker_id):
        self.logger = logger
        self.platform = Platform()
        self.worker_id = worker_id
        self.trigger = TriggerInfo()
        self.trigger_kind = "http"
        self.trigger_name = "myHttpTrigger"
        self.user_data = UserData()


def answer_of(output):
    """What a handler returned, as (status, content type, headers, bytes), in the ways Nuclio knows."""
    status, content_type, headers, body = 200, "text/plain", {}, output
    if isinstance(output, tuple) and len(output) == 2:
        status, body = output
    elif isinstance(output, Response) or type(output).__name__ == "Response":
        status, content_type = output.status_code, output.content_type
        headers, body = dict(output.headers or {}), output.body
    if body is None:
        body = b""
    elif isinstance(body, str):
        body = body.encode("utf-8")
    elif not isinstance(body, (bytes, bytearray)):
        body, content_type = json.dumps(body).encode("utf-8"), "application/json"
    status = int(status)
    if not 200 <= status <= 599:
        raise ValueError("%s is no status of an answer" % status)
    named = {_line(name): _line(value) for name, value in headers.items()}
    return status, _line(content_type or ""), named, bytes(body)


def _line(value):
    """What a header can say: one line of Latin-1."""
    text = " ".join(str(value).splitlines())
    return text.encode("latin-1", "replace").decode("latin-1")
