"""A key/value service of one server without replication, with a protocol of its own.

A call is one connection: the request until the caller's half-close, the reply until the end. Both are
JSON, the call {"do": NAME, ...}. It shows that a submission may be written in anything; it is no
solution of the lab, since it has no backup. After the word "strict", a connection without a request
is a mistake that it does not survive.
"""

import json
import os
import socket
import sys
import threading
import time

PING_INTERVAL = int(os.environ["PBLAB_PING_INTERVAL_MS"]) / 1000


def call(path, request):
    """The reply to a request; None if there is none."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(path)
            connection.sendall(json.dumps(request).encode())
            connection.shutdown(socket.SHUT_WR)
            return json.loads(read_all(connection))
    except (OSError, ValueError):
        return None


def read_all(connection):
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
    return received


def serve(path, handle):
    """Answers calls at a path for ever, one at a time."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    while True:
        connection, _ = listener.accept()
        with connection:
            try:
                connection.sendall(json.dumps(handle(json.loads(read_all(connection)))).encode())
            except OSError:
                pass
            except ValueError:
                if STRICT:
                    raise


def run_view(me):
    view = {"viewnum": 0, "primary": "", "backup": ""}

    def handle(request):
        if request["do"] == "ping" and view["viewnum"] == 0:
            view.update(viewnum=1, primary=request["as"])
        return {"view": view}

    serve(me, handle)


def run_server(view_service, me):
    store = {}
    primary = ""

    def ping():
        nonlocal primary
        viewnum = 0
        while True:
            reply = call(view_service, {"do": "ping", "as": me, "viewnum": viewnum})
            if reply:
                primary, viewnum = reply["view"]["primary"], reply["view"]["viewnum"]
            time.sleep(PING_INTERVAL)

    def handle(request):
        if primary != me:
            return {"ok": False}
        key, value = request["key"], request.get("value", "")
        if request["do"] == "put":
            store[key] = value
        if request["do"] == "append":
            store[key] = store.get(key, "") + value
        return {"ok": True, "value": store.get(key, "")}

    threading.Thread(target=ping, daemon=True).start()
    serve(me, handle)


def run_clerk(view_service):
    def answer(request):
        fields = {"do": request["op"], "key": request["key"], "value": request.get("value")}
        while True:
            reply = call(view_service, {"do": "view"})
            primary = reply["view"]["primary"] if reply else ""
            done = call(primary, fields) if primary else None
            if done and done["ok"]:
                return done
            time.sleep(PING_INTERVAL)

    converse(answer)


def run_view_clerk(view_service):
    def answer(request):
        reply = call(view_service, {"do": request["op"], **request})
        return {"ok": True, **reply} if reply else {"ok": False, "error": "no answer"}

    converse(answer)


def converse(answer):
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps({**answer(request), "id": request["id"]}), flush=True)


COMMANDS = {"view": run_view, "server": run_server, "clerk": run_clerk, "view-clerk": run_view_clerk}
WORDS = sys.argv[1:]
STRICT = WORDS[0] == "strict"
if STRICT:
    WORDS.pop(0)
COMMANDS[WORDS[0]](*WORDS[1:])
