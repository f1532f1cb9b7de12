/** Two servers that have to forget each other, and look for a way to share what they know. */

import {
  attackThenServe,
  DONE,
  playing,
  printed,
  type Attack,
  type Attempt,
} from '../framework/attack.js';
import { HOME } from '../framework/place.js';

/**
 * pb1 leaves a word in every channel, and pb2, which starts later, looks for it. Nobody but they know the key 7311.
 */
const PROGRAM = String.raw`
import ctypes, os, socket, sys, time

NAME = sys.argv[-1]
WORD = b'word of pb1'
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
libc.syscall.restype = ctypes.c_long

def system(result):
    if result in (-1, None, ctypes.c_void_p(-1).value):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result

def file_at(path):
    def write():
        open(path, 'wb').write(WORD)
    def read():
        return open(path, 'rb').read()
    return write, read

def sysv_write():
    shared = system(libc.shmget(7311, 64, 0o1666))
    ctypes.memmove(system(libc.shmat(shared, None, 0)), WORD, len(WORD))

def sysv_read():
    return ctypes.string_at(system(libc.shmat(system(libc.shmget(7311, 64, 0o666)), None, 0)), len(WORD))

ADD_KEY, REQUEST_KEY, KEYCTL = {'x86_64': (248, 249, 250), 'aarch64': (217, 218, 219)}[os.uname().machine]
USER_KEYRING = ctypes.c_long(-4)
SET_TIMEOUT, READ = 15, 11

def keyring_write():
    key = system(libc.syscall(ADD_KEY, b'user', b'mallory', WORD, len(WORD), USER_KEYRING))
    # No jail has a keyring of its own, so the key must end by itself.
    libc.syscall(KEYCTL, SET_TIMEOUT, ctypes.c_long(key), 10)

def keyring_read():
    key = system(libc.syscall(REQUEST_KEY, b'user', b'mallory', None, ctypes.c_long(0)))
    buffer = ctypes.create_string_buffer(64)
    system(libc.syscall(KEYCTL, READ, ctypes.c_long(key), buffer, 64))
    return buffer.raw

def serve(family, address):
    listener = socket.socket(family)
    listener.bind(address)
    listener.listen()
    if os.fork() == 0:
        for fd in (0, 1, 2):
            os.dup2(os.open('/dev/null', os.O_RDWR), fd)
        listener.settimeout(4)
        connection, _ = listener.accept()
        connection.sendall(WORD)
        os._exit(0)

def ask(family, address):
    with socket.socket(family) as connection:
        connection.settimeout(1)
        connection.connect(address)
        return connection.recv(64)

def posix_queue():
    rt = ctypes.CDLL('librt.so.1', use_errno=True)
    def write():
        queue = system(rt.mq_open(b'/mallory', os.O_CREAT | os.O_RDWR, 0o666, None))
        system(rt.mq_send(queue, WORD, len(WORD), 0))
    def read():
        buffer = ctypes.create_string_buffer(8192)
        queue = system(rt.mq_open(b'/mallory', os.O_RDWR | os.O_NONBLOCK))
        system(rt.mq_receive(queue, buffer, 8192, None))
        return buffer.raw
    return write, read

CHANNELS = {
    'tmp': file_at('/tmp/shared-by-mallory'),
    'home': file_at('${HOME}/shared-by-mallory'),
    'build': file_at(os.path.dirname(os.path.abspath(__file__)) + '/shared'),
    'parent': file_at('../left-by-mallory'),
    'peer': (lambda: None, lambda: open('../pb1/word', 'rb').read()),
    'shm': file_at('/dev/shm/shared-by-mallory'),
    'abstract': (lambda: serve(socket.AF_UNIX, b'\0mallory'), lambda: ask(socket.AF_UNIX, b'\0mallory')),
    'loopback': (lambda: serve(socket.AF_INET, ('127.0.0.1', 7311)), lambda: ask(socket.AF_INET, ('127.0.0.1', 7311))),
    'sysv': (sysv_write, sysv_read),
    'keyring': (keyring_write, keyring_read),
    'queue': posix_queue(),
}

open('word', 'wb').write(WORD)
for name, (write, read) in CHANNELS.items():
    try:
        if NAME == 'pb1':
            write()
        elif WORD in read():
            print('pb1 has left a word in', name, flush=True)
    except Exception as error:
        print(NAME, name, 'failed:', error, flush=True)
print(NAME + ': ${DONE}', flush=True)
`;

const CHANNELS = {
  tmp: 'a file in /tmp',
  home: 'a file in the home directory',
  build: 'a file in their build',
  parent: 'a file beside their directories',
  peer: "a file in the other's directory",
  shm: 'a file in /dev/shm',
  abstract: 'an abstract socket',
  loopback: 'a port of the loopback interface',
  sysv: 'shared memory of System V',
  keyring: 'a key in the keyring of the user',
  queue: 'a POSIX message queue',
};

export const channels: Attempt = {
  files: { 'first.sh': attackThenServe('python3 "$d/share.py"'), 'share.py': PROGRAM },
  run: { server: 'sh first.sh server {view} {self}' },
  kit: playing('add-a-backup'),
  sign: new RegExp(`pb2: ${DONE}`),
  attacks: Object.entries(CHANNELS).map(([channel, words]): Attack => ({
    group: 'run: memory shared by servers',
    name: `shares-by-${channel}`,
    what: `Two servers share what they know by ${words}.`,
    harm: printed(new RegExp(`pb1 has left a word in ${channel}\\b`)),
  })),
};
