"""Primary/backup key/value service: view service, server and clerk in one file.

    kv.py view SELF | kv.py server VIEW SELF | kv.py clerk VIEW

Wire: JSON-RPC 2.0, one object a line, Unix stream sockets, one connection a call.
Beyond the published calls, servers use kv.forward and kv.transfer between themselves, and the answer to
view.ping carries two facts only a server cares about: `acked` (has the view been acknowledged?) and
`backupLost` (the view service has given up the backup of a view not yet acknowledged).
"""
import collections
import json
import os
import socket
import sys
import threading
import time
import uuid

INTERVAL = float(os.environ.get("PBLAB_PING_INTERVAL_MS") or 100) / 1000
DEAD_PINGS = int(os.environ.get("PBLAB_DEAD_PINGS") or 5)
NOT_PRIMARY, NOT_READY, NO_METHOD, BAD_PARAMS, INTERNAL = -32001, -32002, -32601, -32602, -32603
LINE_LIMIT = 1 << 28
CHUNK_ITEMS, CHUNK_CHARS = 1000, 1 << 20    # size of one piece of a transfer
BATCH_OPS, BATCH_CHARS = 64, 1 << 20        # size of one forward

View = collections.namedtuple("View", "n primary backup")
NO_VIEW = View(0, "", "")

def view_to_wire(view):
    return {"viewnum": view.n, "primary": view.primary, "backup": view.backup}

def view_from_wire(result):
    try:
        v = result["view"]
        return View(int(v["viewnum"]), str(v["primary"]), str(v["backup"]))
    except (TypeError, KeyError, ValueError):
        raise ConnectionError("malformed view")

# ---------------------------------------------------------------------------------------------- RPC

class RpcError(Exception):
    def __init__(self, code, message, data=None):
        super().__init__(message)
        self.code, self.message, self.data = code, message, data

class Scope:
    """A group of calls that can be abandoned together: cancel() breaks their connections."""

    def __init__(self):
        self.lock, self.socks, self.cancelled = threading.Lock(), set(), threading.Event()

    def add(self, sock):
        with self.lock:
            self.socks.add(sock)

    def close(self, sock):
        with self.lock:
            self.socks.discard(sock)
        sock.close()

    def check(self):
        if self.cancelled.is_set():
            raise ConnectionError("abandoned")

    def cancel(self):
        self.cancelled.set()
        with self.lock:
            for sock in self.socks:
                try:
                    sock.shutdown(socket.SHUT_RDWR)     # wakes the thread that waits on it
                except OSError:
                    pass                                # not connected yet: check() follows the connect

def rpc(address, method, params, scope):
    """One call on a connection of its own; no time-out. Raises RpcError (an answer) or OSError (no answer)."""
    text = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    scope.add(sock)
    try:
        sock.setblocking(False)
        while True:                     # a full backlog would block connect() beyond the reach of cancel()
            scope.check()
            try:
                sock.connect(address)
                break
            except BlockingIOError:
                scope.cancelled.wait(INTERVAL / 2)
        sock.setblocking(True)
        scope.check()
        sock.sendall(text.encode() + b"\n")
        with sock.makefile("rb") as reader:
            line = reader.readline(LINE_LIMIT)
    finally:
        scope.close(sock)
    if not line.endswith(b"\n"):
        raise ConnectionError("no answer")
    try:
        answer = json.loads(line)
        error, result = answer.get("error"), answer.get("result")
        failure = error and RpcError(error["code"], str(error.get("message")), error.get("data"))
    except (ValueError, RecursionError, TypeError, AttributeError, KeyError):
        raise ConnectionError("malformed answer")
    if failure:
        raise failure
    if answer.get("id") != 1 or not isinstance(result, dict):
        raise ConnectionError("malformed answer")
    return result

class Call:
    """An rpc in a thread of its own, so that the caller can wait for it and for other things."""

    def __init__(self, address, method, params, event, then=None):
        self.scope, self.result, self.error, self.done = Scope(), None, None, False
        self.args, self.event, self.then = (address, method, params, self.scope), event, then
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        try:
            self.result = rpc(*self.args)
            if self.then:
                self.then(self.result)
        except (RpcError, OSError, ValueError) as e:
            self.error = e
        finally:
            self.done = True
            self.event.set()

def serve(path, handlers):
    """Listen at `path` and answer calls for ever. handlers: method -> function(params) -> result."""
    try:
        if os.path.lexists(path):
            os.unlink(path)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(path)
        listener.listen(512)
    except OSError as e:
        sys.exit("listen error: %s" % e)

    def accept_loop():
        while True:
            try:
                conn, _ = listener.accept()
                threading.Thread(target=connection, args=(conn, handlers), daemon=True).start()
            except (OSError, RuntimeError):             # out of descriptors or threads
                conn = None
                time.sleep(0.05)

    threading.Thread(target=accept_loop, daemon=True).start()

def connection(conn, handlers):
    try:
        with conn, conn.makefile("rb") as reader:
            while True:
                line = reader.readline(LINE_LIMIT)
                if not line.endswith(b"\n"):
                    return                              # end, or a request cut short
                request = json.loads(line)
                if not isinstance(request, dict) or not isinstance(request.get("method"), str):
                    return
                answer = {"jsonrpc": "2.0", "id": request.get("id")}
                try:
                    answer["result"] = dispatch(handlers, request["method"], request.get("params", {}))
                except RpcError as e:
                    answer["error"] = {"code": e.code, "message": e.message}
                    if e.data is not None:
                        answer["error"]["data"] = e.data
                conn.sendall(json.dumps(answer).encode() + b"\n")
    except (OSError, ValueError, RecursionError):
        pass                                            # garbage or a broken pipe: close this connection only

def dispatch(handlers, method, params):
    if method not in handlers:
        raise RpcError(NO_METHOD, "unknown method")
    if not isinstance(params, dict):
        raise RpcError(BAD_PARAMS, "bad params")
    try:
        return handlers[method](params)
    except RpcError:
        raise
    except Exception as e:                              # a defect must not kill more than this call
        raise RpcError(INTERNAL, "internal error: %r" % e)

def field(params, name, *kinds):
    value = params.get(name)
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise RpcError(BAD_PARAMS, "bad params: " + name)
    return value

# ------------------------------------------------------------------------------------- view service

class ViewService:
    def __init__(self):
        self.lock = threading.Lock()
        self.view, self.acked = NO_VIEW, False
        self.missed = {}        # server -> ticks since its last ping
        self.told = set()       # members that were told that they are members
        self.lost = set()       # members of this view known to have lost their data, or given up

    def get(self, params):
        with self.lock:
            return {"view": view_to_wire(self.view)}

    def ping(self, params):
        server, n = field(params, "server", str), field(params, "viewnum", int)
        if not server or n < 0:
            raise RpcError(BAD_PARAMS, "bad params")
        with self.lock:
            self.missed[server] = 0
            if self.view.n == 0:
                self.change(server, "")
            elif server in self.view[1:] and n == 0 and server in self.told:
                self.lost.add(server)                   # crashed and restarted
            elif server == self.view.primary and n == self.view.n:
                self.acked = True
                self.lost.discard(server)
            self.advance()
            backup_lost = False
            if server == self.view.primary and not self.acked and self.view.backup:
                if not self.alive(self.view.backup):
                    self.lost.add(self.view.backup)     # once said, never taken back in this view
                backup_lost = self.view.backup in self.lost
            if server in self.view[1:]:
                self.told.add(server)
            return {"view": view_to_wire(self.view), "acked": self.acked, "backupLost": backup_lost}

    def alive(self, server):
        return self.missed.get(server, DEAD_PINGS + 1) <= DEAD_PINGS

    def advance(self):
        """Move to the next view if there is a reason to and the present one was acknowledged."""
        if not self.acked:
            return
        _, primary, backup = self.view
        primary_ok, backup_ok = (bool(s) and self.alive(s) and s not in self.lost for s in (primary, backup))
        if not primary_ok and not backup_ok:
            return                                      # nobody left who holds the data
        new_primary = primary if primary_ok else backup
        new_backup = backup if primary_ok and backup_ok else self.idle()
        if (new_primary, new_backup) != (primary, backup):
            self.change(new_primary, new_backup)

    def idle(self):
        candidates = [s for s in self.missed if s not in self.view[1:] and self.alive(s)]
        return min(candidates, key=self.missed.get, default="")

    def change(self, primary, backup):
        self.view, self.acked = View(self.view.n + 1, primary, backup), False
        self.told &= {primary, backup}
        self.lost = set()

    def tick(self):
        with self.lock:
            for server in list(self.missed):
                self.missed[server] += 1
                if not self.alive(server) and server not in self.view[1:]:
                    del self.missed[server]
            self.advance()

def run_view(path):
    service = ViewService()
    serve(path, {"view.ping": service.ping, "view.get": service.get})
    while True:
        time.sleep(INTERVAL)            # dead is counted in ticks: a pause of this process kills nobody
        service.tick()

# -------------------------------------------------------------------------------------------- store

def fnv1a(text):
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # joins split surrogates
    h = 2166136261
    for byte in text.encode("utf-8", "surrogatepass"):
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return str(h)

class Store:
    """The data and the duplicate filter; deterministic, so replicas fed the same operations agree."""

    def __init__(self):
        self.data = {}          # key -> value
        self.filter = {}        # client -> (sequence of its last update, what that update answered)

    def apply(self, op, key, value, client, sequence):
        before = self.data.get(key, "")
        if op == "get":
            return {"value": before}
        last, answer = self.filter.get(client, (None, None))
        if last is not None and sequence <= last:
            return answer if sequence == last else {}   # older: its clerk has long had the answer
        answer = {}
        if op == "put":
            self.data[key] = value
        elif op == "append":
            self.data[key] = before + value
        else:
            self.data[key] = fnv1a(before + value)
            answer = {"value": before}
        self.filter[client] = (sequence, answer)
        return answer

    def pieces(self):
        """The contents as a list of pieces, each {data: [[k, v]..], filter: [[client, seq, answer]..]}."""
        pieces, size = [{"data": [], "filter": []}], 0
        rows = [("data", [k, v], len(k) + len(v)) for k, v in self.data.items()]
        rows += [("filter", [c, s, a], 100 + len(a.get("value", ""))) for c, (s, a) in self.filter.items()]
        for part, row, chars in rows:
            full = len(pieces[-1]["data"]) + len(pieces[-1]["filter"]) >= CHUNK_ITEMS
            if full or (size and size + chars > CHUNK_CHARS):
                pieces.append({"data": [], "filter": []})
                size = 0
            pieces[-1][part].append(row)
            size += chars
        return pieces

    def add_piece(self, piece):
        self.data.update(piece["data"])
        self.filter.update((c, (s, a)) for c, s, a in piece["filter"])

# ------------------------------------------------------------------------------------------- server

class Request:
    def __init__(self, op):
        self.op, self.answered, self.answer, self.error = op, threading.Event(), None, None

    def finish(self, answer=None, error=None):
        self.answer, self.error = answer, error
        self.answered.set()

class Server:
    """All state is guarded by self.cv; no call is made while holding it.

    data_view is the number of the last view in which the store was complete: as synced primary or as
    initialised backup. Only from that view can the server follow as primary into the next one.
    """

    def __init__(self, vs, me):
        self.vs, self.me = vs, me
        self.cv = threading.Condition()
        self.wake = threading.Event()           # ping now instead of at the next interval
        self.queue = collections.deque()        # requests in the order of execution
        self.view, self.scope = NO_VIEW, Scope()    # scope: the calls to the backup of this view
        self.operating = 0                      # the number to ping with
        self.store, self.data_view = Store(), 0
        self.seq = 0                            # forwards executed in this view, by primary and backup alike
        self.leading = False                    # primary of this view, and in possession of the data
        self.synced = False                     # primary: the backup (if any) holds everything
        self.confirmed = False                  # primary of view 1: the acknowledgement has arrived
        self.fenced = False                     # the backup has left this view: serve nobody in it
        self.staging, self.pieces_in = Store(), set()   # backup: the transfer being received

    # ---- views

    def ping_loop(self):
        calls = collections.deque()
        while True:
            self.wake.clear()
            with self.cv:
                n = self.operating
            done = threading.Event()
            calls.append(Call(self.vs, "view.ping", {"server": self.me, "viewnum": n}, done,
                              lambda result, n=n: self.learn(n, result)))
            done.wait(INTERVAL * DEAD_PINGS)    # one at a time, but a lost one does not silence us for ever
            while calls and (calls[0].done or len(calls) > 8):
                calls.popleft().scope.cancel()
            self.wake.wait(INTERVAL)

    def learn(self, sent, result):
        view = view_from_wire(result)
        with self.cv:
            if view.n > self.view.n:
                self.adopt(view, result.get("acked"))
            elif (view.n == self.view.n != self.operating and result.get("backupLost")
                  and self.leading and not self.synced):
                # The view service will not promote this backup: acknowledging lets it be replaced.
                self.operating = self.data_view = view.n
                self.wake.set()
            if sent and sent == self.view.n and not self.confirmed:
                self.confirmed = True
                self.cv.notify_all()

    def adopt(self, view, acked):
        self.scope.cancel()                     # abandon calls to the backup of the old view
        self.scope, self.view = Scope(), view
        self.seq, self.synced, self.fenced = 0, False, False
        self.staging, self.pieces_in = Store(), set()
        # View 1 starts with nothing; until its acknowledgement has arrived it serves nobody, hence a primary
        # that finds it acknowledged was restarted and has lost what it served.
        self.confirmed = view.n > 1
        first = view.n == 1 and not acked
        follows = view.n > 1 and self.data_view == view.n - 1
        self.leading = view.primary == self.me and (first or follows)
        if self.leading:
            if not view.backup:
                self.set_synced()
        else:
            self.store, self.data_view = Store(), 0
            self.operating = 0 if view.primary == self.me else view.n
            self.refuse_all()
        self.wake.set()
        self.cv.notify_all()

    def set_synced(self):
        self.synced = True
        self.operating = self.data_view = self.view.n   # from now on pings acknowledge the view
        self.wake.set()

    def refuse_all(self):
        while self.queue:
            self.queue.popleft().finish(error=RpcError(NOT_PRIMARY, "not primary"))

    # ---- requests of clients

    def client_get(self, params):
        return self.execute(["get", field(params, "key", str), "", "", 0])

    def client_update(self, params):
        op = field(params, "op", str)
        if op not in ("put", "append", "puthash"):
            raise RpcError(BAD_PARAMS, "bad params: op")
        return self.execute([op, field(params, "key", str), field(params, "value", str),
                             field(params, "client", str, int), field(params, "sequence", int)])

    def execute(self, op):
        request = Request(op)
        with self.cv:
            if not self.leading or self.fenced:
                if self.view.primary == self.me and not self.fenced:
                    raise RpcError(NOT_READY, "not ready: no data")
                raise RpcError(NOT_PRIMARY, "not primary")
            self.queue.append(request)
            self.cv.notify_all()
        request.answered.wait()
        if request.error:
            raise request.error
        if op[0] == "puthash" and "value" not in request.answer:
            raise RpcError(BAD_PARAMS, "bad params: sequence was used before")
        return request.answer

    # ---- primary: one thread makes the transfer and then executes the queue, strictly in order

    def work_loop(self):
        while True:
            with self.cv:
                while (not self.leading or self.fenced
                       or self.synced and not (self.queue and self.confirmed)):
                    self.cv.wait()
                view, scope, synced = self.view, self.scope, self.synced
                if synced:
                    batch, seq = self.next_batch(), self.seq + 1
                else:
                    pieces = self.store.pieces()    # nothing is executed before the transfer is complete
            if not synced:
                self.transfer(view, scope, pieces)
                continue
            ops = [r.op for r in batch]
            if view.backup and self.ask_backup(view, scope, "kv.forward", {"seq": seq, "ops": ops}) is None:
                continue                            # the view is over; what is to be done is in the queue
            with self.cv:
                if self.view is not view or self.fenced:
                    continue
                self.seq = seq
                for request in batch:
                    self.queue.popleft()
                    request.finish(self.store.apply(*request.op))

    def next_batch(self):
        batch, chars = [], 0
        for request in self.queue:
            chars += len(request.op[2])
            if batch and (len(batch) >= BATCH_OPS or chars > BATCH_CHARS):
                break
            batch.append(request)
        return batch

    def transfer(self, view, scope, pieces):
        done = False
        while not done:
            for index, piece in enumerate(pieces):
                params = {"index": index, "total": len(pieces), "piece": piece}
                answer = self.ask_backup(view, scope, "kv.transfer", params)
                if answer is None:
                    return
                done = bool(answer.get("done"))
                if done:
                    break
        with self.cv:
            if self.view is view and not self.fenced:
                self.set_synced()

    def ask_backup(self, view, scope, method, params):
        """Repeat a call to the backup until it is accepted; None once this view is over."""
        params = dict(params, view=view.n, sender=self.me)
        pause = 0.01
        while True:
            with self.cv:
                if self.view is not view or self.fenced:
                    return None
            try:
                return rpc(view.backup, method, params, scope)
            except RpcError as e:
                theirs = e.data.get("viewnum") if isinstance(e.data, dict) else None
                if isinstance(theirs, int) and theirs > view.n:
                    with self.cv:
                        if self.view is view:
                            self.fenced = True
                            self.refuse_all()
                            self.wake.set()
                    return None
            except (OSError, ValueError):
                pass
            scope.cancelled.wait(pause)
            pause = min(pause * 2, INTERVAL)

    # ---- backup

    def check_sender(self, params):
        """Only the primary of the very view this server is backup in may speak to it."""
        n, sender = field(params, "view", int), field(params, "sender", str)
        if n > self.view.n:
            self.wake.set()                             # there is a newer view: ask for it now
        if n != self.view.n or sender != self.view.primary or self.view.backup != self.me:
            raise RpcError(NOT_PRIMARY, "not the primary of my view", {"viewnum": self.view.n})

    def forward(self, params):
        seq, ops = field(params, "seq", int), field(params, "ops", list)
        with self.cv:
            self.check_sender(params)
            if self.data_view != self.view.n or seq > self.seq + 1:
                raise RpcError(NOT_READY, "not initialised", {"viewnum": self.view.n})
            if seq == self.seq + 1:                     # otherwise a repetition: it was accepted before
                self.seq = seq
                for op in ops:
                    self.store.apply(*op)
            return {}

    def receive_transfer(self, params):
        index, total = field(params, "index", int), field(params, "total", int)
        piece = field(params, "piece", dict)
        with self.cv:
            self.check_sender(params)
            if self.data_view != self.view.n:           # otherwise a repetition
                # Within one view every attempt sends the same pieces, so order and repetition do not matter.
                self.staging.add_piece(piece)
                self.pieces_in.add(index)
                if len(self.pieces_in) == total:
                    self.store, self.data_view, self.seq = self.staging, self.view.n, 0
                    self.staging, self.pieces_in = Store(), set()
            return {"done": self.data_view == self.view.n}

def run_server(vs, me):
    server = Server(vs, me)
    serve(me, {"kv.get": server.client_get, "kv.update": server.client_update,
               "kv.forward": server.forward, "kv.transfer": server.receive_transfer})
    threading.Thread(target=server.work_loop, daemon=True).start()
    server.ping_loop()

# -------------------------------------------------------------------------------------------- clerk

class Clerk:
    def __init__(self, vs):
        self.vs, self.view = vs, NO_VIEW
        self.client, self.sequence = uuid.uuid4().hex, 0

    def ask_view(self, method="view.get", params=None):
        """Ask the view service until it answers."""
        while True:
            event = threading.Event()
            call = Call(self.vs, method, params or {}, event)
            event.wait(50 * INTERVAL)
            try:
                if isinstance(call.error, RpcError):
                    raise call.error
                if call.result is not None:
                    return view_from_wire(call.result)
            except ConnectionError:
                pass
            call.scope.cancel()
            time.sleep(INTERVAL)

    def request(self, method, params):
        """Send to the primary until it is done."""
        if not self.view.primary:
            self.view = self.ask_view()
        while True:
            if self.view.primary:
                call = self.attempt(method, params)
                if call.result is not None:
                    return call.result
                if isinstance(call.error, RpcError) and call.error.code in (NO_METHOD, BAD_PARAMS):
                    raise call.error
            time.sleep(INTERVAL)
            self.view = self.ask_view()

    def attempt(self, method, params):
        """One call; while it is overdue look for a newer view, and abandon it when there is one."""
        event, look = threading.Event(), None
        call = Call(self.view.primary, method, params, event)
        while not call.done:
            if not event.wait(3 * INTERVAL) and look is None:
                look = Call(self.vs, "view.get", {}, event)
            event.clear()
            if look and look.done:
                try:
                    if look.result and view_from_wire(look.result).n > self.view.n:
                        break
                except ConnectionError:
                    pass
                look = None
        call.scope.cancel()
        if look:
            look.scope.cancel()
        return call

    def do(self, line):
        op = line.get("op")
        if op == "view":
            return {"view": view_to_wire(self.ask_view())}
        if op == "ping":
            params = {"server": line.get("as"), "viewnum": line.get("viewnum")}
            return {"view": view_to_wire(self.ask_view("view.ping", params))}
        if op == "get":
            return {"value": self.request("kv.get", {"key": line.get("key")})["value"]}
        if op in ("put", "append", "puthash"):
            self.sequence += 1
            result = self.request("kv.update", {"op": op, "key": line.get("key"), "value": line.get("value"),
                                                "client": self.client, "sequence": self.sequence})
            return {"value": result["value"]} if op == "puthash" else {}
        raise RpcError(NO_METHOD, "unknown op")

def run_clerk(vs):
    clerk = Clerk(vs)
    for text in sys.stdin.buffer:
        if not text.strip():
            continue
        answer = {"id": None}
        try:
            line = json.loads(text)
            answer["id"] = line.get("id")
            answer.update(ok=True, **clerk.do(line))
        except (RpcError, ValueError, AttributeError, KeyError, RecursionError) as e:
            answer.update(ok=False, error=str(e))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

def main(args):
    roles = {("view", 2): run_view, ("server", 3): run_server, ("clerk", 2): run_clerk}
    role = roles.get((args[0] if args else "", len(args)))
    if role is None:
        sys.exit("usage: kv.py view SELF | kv.py server VIEW SELF | kv.py clerk VIEW")
    try:
        role(*args[1:])
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(1)

if __name__ == "__main__":
    main(sys.argv[1:])
