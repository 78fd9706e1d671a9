"""The door: the function at its own port, and as much of Nuclio's dashboard as is needed to find and call it."""
import json
import re
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MOST_DRAINED = 2 ** 30


class Server(ThreadingHTTPServer):
    """`pool` answers the calls; it may be replaced while the server runs. `tell` takes a line for each call."""
    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, host, port, tell):
        if ":" in host:
            import socket
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)
        self.host = host
        self.pool = None
        self.tell = tell

    def handle_error(self, request, client_address):
        """Somebody hung up. Nothing to say."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "fieldmark-function"
    sys_version = ""

    def _any(self):
        body = self._body()
        if body is None:
            return
        if not self._is_ours():
            return self._json(403, {"error": "Calls from web pages are not taken."})
        path = self.path.split("?")[0].rstrip("/")
        if path == "/api/function_invocations":
            self._invoke(body)
        elif path == "/api/functions" or path.startswith("/api/functions/"):
            self._list(path)
        else:
            self._call(self.path, body, None)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _any

    def _is_ours(self):
        """A page of somebody's site can send requests to this machine, by a name it owns, too."""
        if "Origin" in self.headers:
            return False
        if self.server.host not in _LOOPBACK:
            return True
        name = re.sub(r":\d+$", "", self.headers.get("Host", "localhost")).strip("[]")
        try:
            ip_address(name)
        except ValueError:
            return name == "localhost"
        return True

    def _body(self):
        """The bytes of the call; None when it was refused."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            self.close_connection = True
            self._send(411, "text/plain", {}, b"Say the length of the body.")
            return None
        text = self.headers.get("Content-Length", "0")
        length = int(text) if text.isdigit() else 0
        limit = self.server.pool.config["mostBodyBytes"]
        if length > limit:
            self._drain(length)
            self._send(413, "text/plain", {}, b"The body is larger than maxRequestBodySize.")
            self.server.tell({"event": "call", "status": 413, "ms": 0, "bytes": length})
            return None
        return self.rfile.read(length)

    def _drain(self, length):
        """Who is still sending does not listen: what is refused is taken, and thrown away."""
        self.close_connection = True
        left = min(length, _MOST_DRAINED)
        while left > 0:
            piece = self.rfile.read(min(left, 65536))
            if not piece:
                return
            left -= len(piece)

    def _invoke(self, body):
        config = self.server.pool.config
        name = self.headers.get("X-Nuclio-Function-Name", "")
        timeout = self.headers.get("X-Nuclio-Invoke-Timeout", "60s")
        if name == "":
            return self._json(400, {"error": "Function name must be provided"})
        if name != config["name"]:
            return self._json(404, {"error": "Function not found: %s (served here: %s)" % (name, config["name"])})
        if not re.match(r"^(\d+(\.\d+)?(h|ms|m|s|us|ns))+$", timeout):
            return self._json(400, {"error": "Invalid invocation timeout: %s" % timeout})
        self._call(self.headers.get("X-Nuclio-Path", "/"), body, name)

    def _list(self, path):
        config = self.server.pool.config
        value = dict(config["described"], status=self._status())
        if path == "/api/functions":
            self._json(200, {config["name"]: value})
        elif path == "/api/functions/" + config["name"]:
            self._json(200, value)
        else:
            self._json(404, {"error": "Function not found"})

    def _status(self):
        pool, port = self.server.pool, self.server.server_address[1]
        address = "%s:%s" % (self.server.host, port)
        return {"state": pool.state, "message": pool.message, "httpPort": port, "logs": [],
                "internalInvocationUrls": [address], "externalInvocationUrls": [address]}

    def _call(self, url, body, name):
        started = time.time()
        headers = {key: value for key, value in self.headers.items() if key.lower() != "host"}
        head = {"type": "call", "id": str(uuid.uuid4()), "method": self.command, "headers": headers,
                "url": url if url.startswith("/") else "/" + url,
                "contentType": self.headers.get("Content-Type", "")}
        status, content_type, answer_headers, answer = self.server.pool.call(head, body)
        self.server.tell({"event": "call", "status": status, "bytes": len(body),
                          "ms": round(1000 * (time.time() - started))})
        self._send(status, content_type, answer_headers, answer)

    def _json(self, status, value):
        self._send(status, "application/json", {}, json.dumps(value).encode("utf-8"))

    def _send(self, status, content_type, headers, body):
        try:
            self.send_response(status)
            self.send_header("Content-Type", content_type or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            for key, value in headers.items():
                if key.lower() not in ("content-type", "content-length", "connection"):
                    self.send_header(key, value)
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        """Calls are told one by one, in words of ours."""
