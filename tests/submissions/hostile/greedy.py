"""Listens as a server does, and then takes more of something than it may: the first argument says of what.

Arguments: what, and the name of the socket.
"""

import os
import signal
import socket
import sys
import threading
import time

MIB = 1024**2


def take_memory():
    pieces = []
    while True:
        pieces.append(b"x" * (64 * MIB))


def take_processes():
    threading.stack_size(65536)
    try:
        while True:
            threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    except RuntimeError:
        time.sleep(1000)


def take_a_file():
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    with open("large", "wb") as file:
        file.seek(4096 * MIB)
        file.write(b"x")


def take_files():
    open("file", "w").close()
    for number in range(12_000):
        os.link("file", f"file-{number}")
    time.sleep(1000)


def take_space():
    with open("space", "wb") as file:
        for _ in range(300):
            file.write(b"x" * MIB)
    time.sleep(1000)


listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[2])
listener.listen()
globals()[f"take_{sys.argv[1]}"]()
