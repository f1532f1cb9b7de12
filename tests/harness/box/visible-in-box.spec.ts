/** A real box with nothing in it but what `visiblePaths` names: the usual programs of this machine start in it. */

import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { expect } from 'chai';
import { visiblePaths } from '../../../harness/box/visible-paths.js';

const PATH = process.env['PATH'] ?? '';

const PROGRAMS: readonly (readonly [name: string, ...words: string[]])[] = [
  ['sh', '-c', 'env true'],
  ['python3', '-c', 'import ssl, sqlite3, socket; socket.getaddrinfo("localhost", 80)'],
  ['node', '-e', 'require("crypto").randomBytes(1)'],
  ['go', 'version'],
  ['java', '-version'],
  ['perl', '-e', 'use POSIX;'],
  ['rustc', '--version'],
  ['gcc', '--version'],
];

describe('a box that shows what programs need', () => {
  const inBox = (...argv: readonly string[]) => {
    const paths = visiblePaths({ path: PATH, home: homedir(), allowed: [] });
    const seen = paths.flatMap(({ source, target }) => ['--ro-bind', source, target]);
    const own = ['--unshare-pid', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'];
    const environment = ['--clearenv', '--setenv', 'PATH', PATH, '--setenv', 'HOME', homedir()];
    return spawnSync('bwrap', [...own, ...seen, ...environment, '--', ...argv], {
      encoding: 'utf8',
    });
  };

  before(function () {
    const { error, stderr } = inBox('sh', '-c', 'exit 0');
    const problem = error ? 'there is no bwrap' : stderr.trim();
    if (!error && !/namespace|Operation not permitted/.test(problem)) return;
    if (this.test) this.test.title += ` (skipped: ${problem})`;
    this.skip();
  });

  for (const [name, ...words] of PROGRAMS) {
    it(`starts ${name}`, function () {
      if (spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0) {
        if (this.test) this.test.title += ` (skipped: it is not on this machine)`;
        return this.skip();
      }
      const { status, stderr } = inBox(name, ...words);
      expect(status, stderr).to.equal(0);
    });
  }

  it('shows neither accounts nor what is in the home', () => {
    const { stdout } = inBox('sh', '-c', 'ls -A ~ /etc; ls ~/.cargo 2>/dev/null');
    const names = stdout.split('\n');
    for (const name of ['passwd', 'shadow', 'ssh', '.ssh', '.npmrc', '.gitconfig', '.config']) {
      expect(names).to.not.include(name);
    }
    expect(names).to.not.include('credentials.toml');
  });
});
