"""Sockets, lines and timers for kv.py. This part is complete: read it once, there is no need to change it.

pblab/1 is JSON-RPC 2.0 over Unix sockets, one JSON object a line. The name of a program is the path of
its socket. pblab/reference/protocol.md describes all messages.
"""

import json
import os
import socket
import sys
import threading
import time
import traceback

PING_INTERVAL_S = int(os.environ.get("PBLAB_PING_INTERVAL_MS", "100")) / 1000
# A server is dead after this many ping intervals without a ping.
DEAD_PINGS = int(os.environ.get("PBLAB_DEAD_PINGS", "5"))

# Error codes of pblab/1.
NOT_PRIMARY = -32001
NOT_READY = -32002
UNKNOWN_METHOD = -32601
BAD_PARAMS = -32602
INTERNAL_ERROR = -32603


class Refused(Exception):
    """The other side answered with an error. A handler raises it to answer with one."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class NotWritten(Refused):
    """A part of the lab that is still to be written."""

    def __init__(self, what):
        super().__init__(UNKNOWN_METHOD, f"not written yet: {what}")


class NoAnswer(Exception):
    """A call got no answer. The other side may have executed it, or may still do so."""


def log(text):
    """pblab shows standard error beside a failure."""
    print(text, file=sys.stderr, flush=True)


def call(name, method, params, limit_s=None):
    """The result of one call on a connection of its own. None as the limit waits for ever."""
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    deadline = None if limit_s is None else time.monotonic() + limit_s
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(limit_s)
            connection.connect(name)
            connection.sendall(json.dumps(request).encode() + b"\n")
            reply = json.loads(receive_line(connection, deadline))
    except (OSError, ValueError) as error:
        raise NoAnswer(f"{method} to {name}: {error}") from None
    if "error" in reply:
        raise Refused(reply["error"]["code"], reply["error"]["message"])
    return reply["result"]


def receive_line(connection, deadline):
    parts = []
    while True:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("no answer within the time limit")
            connection.settimeout(left)
        part = connection.recv(65536)
        if not part:
            raise ConnectionError("the connection ended before the answer")
        parts.append(part)
        if part.endswith(b"\n"):
            return b"".join(parts)


def serve(me, handlers):
    """Answers calls for ever. A handler takes the params of its method and returns the result, both dictionaries."""
    if os.path.lexists(me):
        os.unlink(me)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(me)
    listener.listen(128)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=attend, args=(connection, handlers), daemon=True).start()


def attend(connection, handlers):
    try:
        with connection, connection.makefile("rb") as lines:
            for line in lines:
                request = json.loads(line)
                reply = {"jsonrpc": "2.0", "id": request["id"], **outcome(request, handlers)}
                connection.sendall(json.dumps(reply).encode() + b"\n")
    except (OSError, ValueError):
        pass  # The caller has gone, or has sent something that is not JSON.


def outcome(request, handlers):
    try:
        handler = handlers.get(request["method"])
        if handler is None:
            raise Refused(UNKNOWN_METHOD, f"unknown method {request['method']}")
        return {"result": handler(request["params"])}
    except Refused as refusal:
        return {"error": {"code": refusal.code, "message": str(refusal)}}
    except Exception as error:
        log(traceback.format_exc())
        return {"error": {"code": INTERNAL_ERROR, "message": repr(error)}}


def every(interval_s, tick):
    """Calls `tick` in a thread of its own, with a pause of the interval after each call. Tells each failure once."""

    def repeat():
        told = set()
        while True:
            try:
                tick()
            except (Refused, NoAnswer) as failure:
                if str(failure) not in told:
                    log(str(failure))
                told.add(str(failure))
            except Exception:
                log(traceback.format_exc())
            time.sleep(interval_s)

    threading.Thread(target=repeat, daemon=True).start()


def serve_clerk(clerk):
    """Reads one operation a line from standard input, and writes one answer a line to standard output."""
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            answer = {"ok": True, **perform(clerk, request)}
        except Exception as error:
            if not isinstance(error, (Refused, NoAnswer)):
                log(traceback.format_exc())
            answer = {"ok": False, "error": str(error)}
        # Without flush the answer would stay in this process.
        print(json.dumps({"id": request["id"], **answer}), flush=True)


def perform(clerk, request):
    op, key = request["op"], request["key"]
    if op == "get":
        return {"value": clerk.get(key)}
    before = clerk.update(op, key, request["value"])
    return {"value": before} if op == "puthash" else {}
