/** What a program in a real box can see, reach and write. */

import { expect } from 'chai';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../../root.js';
import { PYTHON, useBox } from '../../support/boxes.js';
import { eventually } from '../../support/eventually.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

/** Prints the error of a call in Python, or `done`. */
const attempt = (code: string) => [
  PYTHON,
  '-c',
  `
import ctypes, os, signal, socket
try:
    ${code}
    print("done")
except OSError as error:
    print(type(error).__name__)`,
];

/** Attaches memory of System V with a key; with the flag 0o1000 it is made. */
const sharedMemory = (flags: string) => [
  PYTHON,
  '-c',
  `
import ctypes, time
found = ctypes.CDLL(None).shmget(0x70626c61, 4096, ${flags})
print("there" if found >= 0 else "absent", flush=True)
while ${flags} and True: time.sleep(1000)`,
];

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it does not listen on TCP');
  return address.port;
}

describe('a program in a box', function () {
  const box = useBox();
  const elsewhere = useTemporaryDirectory();
  const servers: Server[] = [];

  const listening = async (where: object | string) => {
    const server = createServer((socket) => socket.destroy()).listen(where);
    servers.push(server);
    await once(server, 'listening');
    return server;
  };
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  it('does not see the files of the machine', async () => {
    const secret = join(elsewhere(), 'secret');
    writeFileSync(secret, 'grades');
    const files = [
      secret,
      '/etc/shadow',
      '/root/.bashrc',
      join(ROOT, 'package.json'),
      '/sys',
      '/var/log',
    ];
    for (const file of files) {
      const { text } = await box.run(['sh', '-c', `test -e "$0" && echo seen`, file]);
      expect(text, file).to.equal('');
    }
    const { text } = await box.run(['sh', '-c', 'cat /etc/passwd']);
    expect(text).to.match(/^root:.*\nprogram:x:\d+:.*\n$/);
  });

  it('sees what it may read, and cannot write there', async () => {
    const shown = join(elsewhere(), 'shown');
    mkdirSync(shown);
    writeFileSync(join(shown, 'file'), 'text');
    const script = 'cat "$0/file"; echo more > "$0/file"; echo > "$0/new"; rm -f "$0/file"';
    const { text } = await box.run(['sh', '-c', script, shown], { readable: [shown] });
    expect(text).to.match(/^text/);
    expect(existsSync(join(shown, 'file'))).to.equal(true);
    expect(existsSync(join(shown, 'new'))).to.equal(false);
  });

  it('may write in its directory, /tmp and /dev/shm, and nowhere else', async () => {
    const home = box.directory();
    const script = 'for each in "$@"; do (: > "$each/written") 2> /dev/null && echo "$each"; done';
    const refused = ['/', '/usr', '/etc', '/dev', '/proc', '/bin', '/home', join(home, '..')];
    const { text } = await box.run(
      ['sh', '-c', script, 'write', home, '/tmp', '/dev/shm', ...refused],
      { directory: home },
    );
    expect(text.trim().split('\n')).to.deep.equal([home, '/tmp', '/dev/shm']);
    expect(existsSync(join(home, 'written'))).to.equal(true);
    expect(existsSync('/tmp/written')).to.equal(false);
  });

  it('finds nothing in /tmp and /dev/shm of what another has put there', async () => {
    const other = box.start([
      'sh',
      '-c',
      'echo > /tmp/left; echo > /dev/shm/left; echo up; sleep 1000',
    ]);
    await eventually('the other program', () => other.output.text() === 'up\n');
    const { text } = await box.run(['ls', '-A', '/tmp', '/dev/shm']);
    expect(text).to.match(/^\/dev\/shm:\n\n\/tmp:\n/);
    expect(text).to.not.contain('left');
  });

  it('sees no process but those of its box, and cannot signal others', async () => {
    const other = box.start(['sh', '-c', 'echo up; sleep 1000']);
    await eventually('the other program', () => other.output.text() === 'up\n');
    const { text } = await box.run(['sh', '-c', 'cat /proc/[0-9]*/cmdline | tr "\\0" " "']);
    expect(text).to.not.contain('sleep 1000');
    for (const pid of [process.pid, other.pid]) {
      const { text: answer } = await box.run(attempt(`os.kill(${pid}, signal.SIGKILL)`));
      expect(answer).to.equal('ProcessLookupError\n');
    }
  });

  it('reaches no network and no abstract socket of the machine', async () => {
    const tcp = await listening({ port: 0, host: '127.0.0.1' });
    const port = portOf(tcp);
    const name = `pblab-test-${process.pid}`;
    await listening(`\0${name}`);
    const dialled = [
      `socket.create_connection(("127.0.0.1", ${port}))`,
      `socket.create_connection(("192.0.2.1", 80))`,
      `socket.socket(socket.AF_UNIX).connect("\\0${name}")`,
    ];
    for (const dial of dialled) {
      const { text } = await box.run(attempt(dial));
      expect(text, dial).to.match(/^(?:ConnectionRefusedError|OSError)\n$/);
    }
    const { text } = await box.run(attempt('print([name for _, name in socket.if_nameindex()])'));
    expect(text).to.match(/^\['lo'\]\n/);
  });

  it('has the network where it may', async () => {
    const tcp = await listening({ port: 0, host: '127.0.0.1' });
    const port = portOf(tcp);
    const dial = attempt(`socket.create_connection(("127.0.0.1", ${port}))`);
    expect((await box.run(dial, { network: true })).text).to.equal('done\n');
  });

  it('reaches a socket in its directory that the kit has put there', async () => {
    const home = box.directory();
    await listening({ path: join(home, 'relay'), writableAll: true });
    const { text } = await box.run(attempt('socket.socket(socket.AF_UNIX).connect("relay")'), {
      directory: home,
    });
    expect(text).to.equal('done\n');
  });

  it('shares no memory of System V with another', async () => {
    const other = box.start(sharedMemory('0o1666'));
    await eventually('the memory of the other', () => other.output.text() === 'there\n');
    expect((await box.run(sharedMemory('0'))).text).to.equal('absent\n');
  });

  it('has no right of root, and gains none', async () => {
    const fields = '/^(Uid|CapEff|CapPrm|CapBnd|NoNewPrivs):/p';
    const { text } = await box.run(['sed', '-nE', fields, '/proc/self/status']);
    expect(text).to.match(/^CapPrm:\s0+$/m);
    expect(text).to.match(/^CapEff:\s0+$/m);
    expect(text).to.match(/^NoNewPrivs:\s1$/m);
    expect(text).to.match(process.getuid?.() === 0 ? /^Uid:(?:\s6[1-5]\d{3}){4}$/m : /^Uid:/m);
  });

  it('finds a home and an environment of the box, not those of the caller', async () => {
    process.env['PBLAB_TEST_SECRET'] = 'secret';
    try {
      const { text } = await box.run(['sh', '-c', 'env; cd ~ && pwd']);
      expect(text).to.not.contain('PBLAB_TEST_SECRET');
      expect(text).to.match(/^HOME=\/tmp$/m);
      expect(text).to.match(/^\/tmp$/m);
    } finally {
      delete process.env['PBLAB_TEST_SECRET'];
    }
  });

  it('has devices that work', async () => {
    const script =
      'head -c 4 /dev/urandom | wc -c; echo x > /dev/null; head -c 1 /dev/zero | wc -c';
    const { text } = await box.run(['sh', '-c', script]);
    expect(text.replaceAll(' ', '')).to.equal('4\n1\n');
  });

  it('runs in a directory that other programs of the machine may not enter', async () => {
    const home = box.directory();
    await box.run(['sh', '-c', 'umask 0; echo mine > file'], { directory: home });
    const { text } = await box.run(['cat', join(home, 'file')], { directory: box.directory() });
    expect(text).to.contain('No such file');
    rmSync(join(home, 'file'));
  });
});
