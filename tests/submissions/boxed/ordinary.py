"""Does what servers do: threads, child processes, sockets. Prints `ok`."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


async def answer(reader, writer):
    writer.write(await reader.readline())
    await writer.drain()
    writer.close()


async def talk(path):
    async with await asyncio.start_unix_server(answer, path):
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(b"hello\n")
        assert await reader.readline() == b"hello\n"
        writer.close()


if __name__ == "__main__":
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda n: n * n, range(100))) == 328350
    with ProcessPoolExecutor(2) as pool:
        assert sum(pool.map(abs, range(-10, 10))) == 100
    assert subprocess.run(["sh", "-c", "echo child | cat"], capture_output=True).stdout == b"child\n"
    child = os.fork()
    if child == 0:
        threading.Event().wait()
    os.kill(child, signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(talk(os.path.join(folder, "socket")))
    one, other = socket.socketpair()
    one.sendall(b"x")
    assert other.recv(1) == b"x"
    assert socket.if_nameindex()
    print("ok")
    sys.stdout.flush()
