/** When a program counts as ready, and that it sees nothing of being asked. */

import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { waitUntilListening } from '../../../harness/process/ready.js';
import { startProgram, type Program } from '../../../harness/process/spawn.js';
import { eventually } from '../../support/eventually.js';
import { useSession } from '../../support/session.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const LONG_MS = 15_000;

/** Long enough for several looks. */
const SHORT_MS = 60;

/** Listens on the path that it is given, prints so, and counts connections on its standard output. */
const SERVER = `
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
print("bound", flush=True)
if len(sys.argv) > 2: input()
s.listen()
print("listens", flush=True)
while s.accept(): print("guest", flush=True)
`;

describe('readiness', () => {
  const running: Program[] = [];
  // Before the session looks for what is left.
  afterEach(async () => {
    await Promise.all(running.splice(0).map((program) => program.kill()));
  });
  const session = useSession();
  const place = useTemporaryDirectory();
  const path = () => join(place(), 'pb1');

  let started = 0;
  const start = (argv: readonly string[], directory = place(), conversation = false) => {
    const program = startProgram({
      argv,
      directory,
      mark: `${session().mark}${started++}/`,
      environment: {},
      conversation,
      onFlood: () => {},
    });
    running.push(program);
    return program;
  };
  const serve = (name: string, directory?: string) =>
    start(['python3', '-c', SERVER, name], directory);
  const printed = (program: Program, word: string) =>
    eventually(`the program to print "${word}"`, () => program.output.text().includes(word));
  const readiness = (program: Program, deadlineMs = LONG_MS) =>
    waitUntilListening(path(), program, deadlineMs);

  it('comes when the program listens, which is not connected to for it', async () => {
    const program = serve('pb1');
    expect(await readiness(program)).to.equal('ready');
    await printed(program, 'listens');
    expect(program.output.text()).not.to.include('guest');
  });

  const shell = (script: string) => ['sh', '-c', script, 'sh', SERVER];
  const ways: [what: string, argv: () => readonly string[]][] = [
    ['has bound an absolute path', () => ['python3', '-c', SERVER, path()]],
    ['has bound a path with dots', () => ['python3', '-c', SERVER, './tmp/../pb1']],
    ['has started the server as its child', () => shell('python3 -c "$1" pb1; true')],
    ['has started the server in a group of its own', () => shell('setsid python3 -c "$1" pb1; :')],
    [
      'has started the server with another environment',
      () => shell('env -i PATH="$PATH" python3 -c "$1" pb1; true'),
    ],
    [
      'has handed its socket to a child',
      () => [
        'python3',
        '-c',
        `
import os, socket, time
s = socket.socket(socket.AF_UNIX)
s.bind("pb1")
s.listen()
if os.fork() > 0: s.close()
time.sleep(1000)`,
      ],
    ],
    [
      'has bound the name before',
      () => [
        'python3',
        '-c',
        `
import os, socket, time
s = socket.socket(socket.AF_UNIX)
s.bind("pb1")
os.unlink("pb1")
t = socket.socket(socket.AF_UNIX)
t.bind("pb1")
t.listen()
time.sleep(1000)`,
      ],
    ],
  ];
  for (const [what, argv] of ways) {
    it(`comes when the program ${what}`, async () => {
      mkdirSync(join(place(), 'tmp'));
      expect(await readiness(start(argv()))).to.equal('ready');
    });
  }

  it('comes when the socket was renamed into its place, or a link there leads to it', async () => {
    const program = serve('new');
    await printed(program, 'listens');
    symlinkSync('new', path());
    expect(await readiness(program)).to.equal('ready');
    renameSync(join(place(), 'new'), path());
    expect(await readiness(program)).to.equal('ready');
  });

  it('does not come from a socket that is bound and does not listen yet', async () => {
    const program = start(['python3', '-uc', SERVER, 'pb1', 'later'], place(), true);
    const bound = new Promise((resolve) => program.stdout?.once('data', resolve));
    await bound;
    expect(await readiness(program, SHORT_MS)).to.equal('late');
    program.stdin?.write('\n');
    expect(await readiness(program)).to.equal('ready');
  });

  it('does not come from what another program has bound under the same name', async () => {
    const other = join(place(), 'other');
    mkdirSync(other);
    await printed(serve('pb1', other), 'listens');
    const program = start(['python3', '-uc', SERVER, 'pb1', 'later'], place(), true);
    await new Promise((resolve) => program.stdout?.once('data', resolve));
    expect(await readiness(program, SHORT_MS)).to.equal('late');
  });

  it('does not come from the file that an earlier incarnation has left', async () => {
    const earlier = serve('pb1');
    await printed(earlier, 'listens');
    await earlier.kill();
    expect(await readiness(start(['sleep', '1000']), SHORT_MS)).to.equal('late');
  });

  it('does not come from an earlier incarnation that still listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path(), resolve));
    expect(await readiness(start(['sleep', '1000']), SHORT_MS)).to.equal('late');
    await new Promise((resolve) => server.close(resolve));
  });

  it('does not come from a file that is no socket', async () => {
    writeFileSync(path(), 'not a socket');
    expect(await readiness(serve('elsewhere'), SHORT_MS)).to.equal('late');
  });

  it('comes by a connection where the kernel does not show what the program holds', () => {
    const program = [process.execPath, join(import.meta.dirname, 'programs', 'hidden.js')];
    // Root may look at everything, unless it gives that up.
    const humbly = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-sys_ptrace'] : [];
    const [command = '', ...words] = [...humbly, ...program];
    const output = execFileSync(command, words, { cwd: place(), encoding: 'utf8' });
    expect(output).to.equal('ready\n');
  });

  it('comes by a connection where there is no /proc', async () => {
    const program = join(import.meta.dirname, 'programs', 'without-proc.js');
    const script = 'mount -t tmpfs none /proc && exec "$@"';
    const words = ['-rm', 'sh', '-c', script, 'sh', process.execPath, program];
    const output = execFileSync('unshare', words, { cwd: place(), encoding: 'utf8' });
    expect(output.split('\n')).to.include.members(['guest', 'ready']);
  });

  it('does not come from a program that has ended', async () => {
    expect(await readiness(start(['true']))).to.equal('ended');
    expect(await readiness(start(['./nothing-here']))).to.equal('ended');
  });
});
