"""Forks a daemon by the book: a session of its own, no parent, no group of ours, deaf to SIGTERM.

Arguments: what to print before the pid of the daemon, and optionally a socket to listen on.
"""

import os
import signal
import socket
import sys
import time

listener = None
if len(sys.argv) > 2:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(sys.argv[2])
    listener.listen()

if os.fork() == 0:
    os.setsid()
    if os.fork() > 0:
        os._exit(0)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print(sys.argv[1], os.getpid(), flush=True)
    while True:
        time.sleep(3600)
time.sleep(3600)
