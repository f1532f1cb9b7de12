"""Your view service, server and clerk. Sockets, lines and timers are done, in wire.py.

    python3 kv.py view SELF           the view service, which listens on the socket SELF
    python3 kv.py server VIEW SELF    a server; VIEW is the socket of the view service
    python3 kv.py clerk VIEW          reads operations from standard input

What is missing is marked TODO. Until it is written it raises NotWritten, and pblab shows those words.
Write messages for yourself with log(): standard output of a clerk belongs to its answers.
"""

import sys
import threading

from wire import (  # noqa: F401
    BAD_PARAMS,
    DEAD_PINGS,
    NOT_PRIMARY,
    NOT_READY,
    PING_INTERVAL_S,
    NoAnswer,
    NotWritten,
    Refused,
    call,
    every,
    log,
    serve,
    serve_clerk,
)


class ViewService:
    """Decides who is primary and who is backup. Handlers and tick() run in threads of their own."""

    def __init__(self):
        self.lock = threading.Lock()
        # Before the first ping there is view 0, without members.
        self.view = {"viewnum": 0, "primary": "", "backup": ""}
        # TODO: what you keep of each server, such as when it last pinged.

    def ping(self, params):
        server, viewnum = params["server"], params["viewnum"]
        # TODO: `server` is alive and works in view `viewnum`; 0 says that it has just started, without data.
        # Change self.view if the rules say so, and answer {"view": dict(self.view)}: a copy, because the answer is
        # written when the lock is free again.
        raise NotWritten("view.ping (ViewService.ping in kv.py)")

    def get(self, params):
        with self.lock:
            return {"view": dict(self.view)}

    def tick(self):
        # TODO: called once per ping interval. Which servers have not pinged for DEAD_PINGS intervals?
        pass


class Server:
    """Holds keys and values. Handlers and tick() run in threads of their own."""

    def __init__(self, view_service, me):
        self.view_service = view_service
        self.me = me
        self.lock = threading.Lock()
        # TODO: the store, the view that you know, and what you need to recognise a retry.

    def get(self, params):
        key = params["key"]
        # TODO: answer {"value": ...}, "" for a missing key, or raise Refused(NOT_PRIMARY, "why").
        raise NotWritten("kv.get (Server.get in kv.py)")

    def update(self, params):
        op, key, value = params["op"], params["key"], params["value"]
        client, sequence = params["client"], params["sequence"]
        # TODO: answer {} when it is done, {"value": before} for puthash.
        # A retry comes with the same client and sequence.
        raise NotWritten("kv.update (Server.update in kv.py)")

    # TODO: what servers ask each other is yours to invent: forwards, the transfer to a new backup.
    # Write a handler for each, and give it a name in main().

    def tick(self):
        # TODO: called once per ping interval. Ping the view service:
        #   call(self.view_service, "view.ping", {"server": self.me, "viewnum": ...}, limit_s=...)
        raise NotWritten("the ping of a server (Server.tick in kv.py)")


class Clerk:
    """Asks servers on behalf of a client. It does one operation at a time."""

    def __init__(self, view_service):
        self.view_service = view_service
        # TODO: an id that no other clerk has, the number of the last update, the view that you know.

    def get(self, key):
        # TODO: find the primary, call its "kv.get", and return the value.
        raise NotWritten("get (Clerk.get in kv.py)")

    def update(self, op, key, value):
        # TODO: find the primary and call its "kv.update". Return only when it is done: the value before for puthash.
        raise NotWritten(f"{op} (Clerk.update in kv.py)")


def main(words):
    role, *names = words
    if role == "view":
        service = ViewService()
        every(PING_INTERVAL_S, service.tick)
        serve(names[0], {"view.ping": service.ping, "view.get": service.get})
    elif role == "server":
        view_service, me = names
        server = Server(view_service, me)
        every(PING_INTERVAL_S, server.tick)
        serve(me, {"kv.get": server.get, "kv.update": server.update})
    elif role == "clerk":
        serve_clerk(Clerk(names[0]))
    else:
        sys.exit(f"unknown role {role}")


main(sys.argv[1:])
