/** What is said of programs that cannot be started, before any of them is. */

import { expect } from 'chai';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheDirectory } from '../../../harness/ground/cache-directory.js';
import { UnfitSubmission } from '../../../harness/ground/errors.js';
import { refuseUnstartable } from '../../../harness/submission/startable.js';
import { submission } from '../../support/runs.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const NOT_EXECUTABLE =
  'kv.py is not executable: run `chmod +x kv.py` or start it with its interpreter, as in `python3 kv.py`';

describe('the programs of a submission', () => {
  const root = useTemporaryDirectory();

  const write = (file: string, text = '', mode = 0o644) => {
    const path = join(root(), file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, mode);
  };
  /** Why they cannot be started; undefined if they can. */
  const problem = (server: string, build?: string): string | undefined => {
    const run = { view: 'true {self}', server, clerk: 'true' };
    const { manifest } = submission('python');
    const of = { ...manifest, run, ...(build === undefined ? {} : { build }) };
    const result = refuseUnstartable({ built: true, directory: root() }, of);
    if (result.built) return undefined;
    expect(result.reason)
      .to.match(/^the submission cannot be started: /)
      .and.not.include(root());
    return result.reason.replace('the submission cannot be started: ', '');
  };

  describe('can be started', () => {
    const fine: [what: string, command: string, files: [string, string?, number?][]][] = [
      ['by an interpreter', 'python3 kv.py server {view} {self}', [['kv.py']]],
      ['by an interpreter with options', 'node --no-warnings ./kv.mjs', [['kv.mjs']]],
      ['by their own first line', './bin/kv', [['bin/kv', '#!/bin/sh -e\n', 0o755]]],
      ['by one with env', 'kv.py', [['kv.py', '#!/usr/bin/env python3\n', 0o755]]],
      ['by one with env -S', 'kv', [['kv', '#!/usr/bin/env -S A=b sh -e\n', 0o755]]],
      ['without a first line', './kv', [['kv', '\u007fELF', 0o755]]],
      ['by a path of the machine', '/bin/sh kv.sh', [['kv.sh']]],
      ['by a shell', "sh -c 'exec python3 later.py'", []],
      [
        'with words that are no files',
        'node kv.js --log=out.js a.js:b.js http://x.js',
        [['kv.js']],
      ],
      ['with a file that they write', './kv log.py', [['kv', '', 0o755]]],
      ['with a name that differs', 'python3 kv-{self}.py', []],
      ['by a program that differs', './{self}', []],
    ];
    for (const [what, command, files] of fine) {
      it(what, () => {
        for (const file of files) write(...file);
        expect(problem(command)).to.equal(undefined);
      });
    }

    it('through a link', () => {
      write('src/kv.py', '#!/usr/bin/env python3\n', 0o755);
      symlinkSync('src/kv.py', join(root(), 'kv.py'));
      expect(problem('./kv.py')).to.equal(undefined);
      expect(problem('python3 kv.py')).to.equal(undefined);
    });
  });

  const broken: [what: string, command: string, file: [string, string?, number?], says: string][] =
    [
      ['without the right to be executed', 'kv.py {self}', ['kv.py'], NOT_EXECUTABLE],
      ['without it, by a path', './kv.py', ['kv.py'], NOT_EXECUTABLE],
      ['without it, in their folder', '{dir}/kv.py', ['kv.py'], NOT_EXECUTABLE],
      [
        'without it, with an interpreter of their own',
        './serve',
        ['serve', '#!/usr/bin/env -S perl -w\r\n'],
        'serve is not executable: run `chmod +x serve` or start it with its interpreter, as in `perl serve`',
      ],
      [
        'without it, and nothing tells their interpreter',
        './bin/serve',
        ['bin/serve'],
        'bin/serve is not executable: run `chmod +x bin/serve`',
      ],
      [
        'in a folder whose name a shell would split',
        "'my bin/serve'",
        ['my bin/serve'],
        "my bin/serve is not executable: run `chmod +x 'my bin/serve'`",
      ],
      [
        'whose lines end as on Windows',
        './kv.py',
        ['kv.py', '#!/usr/bin/env python3\r\nprint()\r\n', 0o755],
        "the first line of kv.py ends in a Windows line ending (CRLF): convert the file, as with `sed -i 's/\\r$//' kv.py`",
      ],
      [
        'that begin with a byte order mark',
        './kv.py',
        ['kv.py', '\uFEFF#!/usr/bin/env python3\n', 0o755],
        'the first line of kv.py begins with a byte order mark: save it as UTF-8 without one',
      ],
      [
        'whose program is a folder',
        './server',
        ['server/kv.py'],
        'server is not a file that can be executed',
      ],
      [
        'whose program is not there',
        './kvx.py {self}',
        ['kv.py'],
        'run.server names ./kvx.py, which is not in the submission (did you mean kv.py?)',
      ],
      [
        'whose script is not there',
        'python3 -u kvx.py server {self}',
        ['kv.py'],
        'run.server names kvx.py, which is not in the submission (did you mean kv.py?)',
      ],
      [
        'whose script is not in their folder',
        'node {dir}/dist/main.js',
        ['main.js'],
        'run.server names dist/main.js, which is not in the submission (did you mean main.js?)',
      ],
      [
        'whose script lies outside',
        'node ../main.js',
        ['main.js'],
        'run.server names ../main.js, which is not in the submission (did you mean main.js?)',
      ],
      [
        'that are on another machine',
        '/opt/no-such/node kv.js',
        ['kv.js'],
        'run.server names /opt/no-such/node, which is not on this machine',
      ],
    ];
  for (const [what, command, file, says] of broken) {
    it(`${what} are refused`, () => {
      write(...file);
      expect(problem(command)).to.equal(says);
    });
  }

  it('that the build should have made are refused as such', () => {
    expect(problem('node dist/main.js', 'npm run build')).to.equal(
      'run.server names dist/main.js, which is not in the submission after the build',
    );
  });

  const lacked: [what: string, command: string, file: [string, string?, number?], got: string][] = [
    [
      'an interpreter that is not there',
      './kv.py',
      ['kv.py', '#!/usr/bin/pyhton3\n', 0o755],
      'the first line of kv.py names /usr/bin/pyhton3',
    ],
    [
      'an interpreter that is not on the PATH',
      './kv.py',
      ['kv.py', '#!/usr/bin/env pyhton3\n', 0o755],
      'the first line of kv.py names pyhton3',
    ],
    [
      'a program that is not on the PATH',
      'ndoe kv.js',
      ['kv.js'],
      'run.server starts ndoe, which is not in the submission',
    ],
  ];
  for (const [what, command, file, got] of lacked) {
    it(`that need ${what} are a matter for staff`, () => {
      write(...file);
      expect(() => problem(command)).to.throw(UnfitSubmission, got);
    });
  }

  const fine: [what: string, first: string][] = [
    ['whose interpreter puts up with the line ends of Windows', '#!/usr/bin/perl -w\r'],
    ['whose interpreter is named to env by its path', '#!/usr/bin/env /usr/bin/python3'],
    ['with an option of env that takes a name', '#!/usr/bin/env -S -u PYTHONPATH python3'],
    ['whose interpreter stands in quotes', "#!/usr/bin/env -S 'python3' -u"],
  ];
  for (const [what, first] of fine) {
    it(`${what} may be tried`, () => {
      write('kv.pl', `${first}\n`, 0o755);
      expect(problem('./kv.pl')).to.equal(undefined);
    });
  }

  it('whose interpreter lay where they were built are refused without naming that folder', () => {
    write('bin/kv', `#!${join(cacheDirectory(), 'builds/x/venv/bin/python3')}\n`, 0o755);
    expect(problem('bin/kv')).to.equal(
      'the first line of bin/kv names the folder of the build, which no longer exists when programs are started: start bin/kv with its interpreter',
    );
  });

  it('that were not built stay so', () => {
    const failed = {
      built: false,
      reason: 'make ended with exit code 2',
      output: 'no rule',
    } as const;
    expect(refuseUnstartable(failed, submission('python').manifest)).to.equal(failed);
  });

  it('are closed again where they cannot be read', () => {
    // The memory of a process is a regular file, of which the first bytes cannot be read.
    symlinkSync('/proc/self/mem', join(root(), 'kv'));
    const before = readdirSync('/proc/self/fd').length;
    expect(() => problem('./kv')).to.throw(/EIO/);
    expect(readdirSync('/proc/self/fd').length).to.equal(before);
  });
});
