/** Places where submissions cannot be isolated in full, made as they really are. */

import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { ISOLATION } from '../../../harness/box/isolation.js';
import { ROOT } from '../../root.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const TELL = join(import.meta.dirname, 'programs/tell-isolation.js');
const CLI = join(ROOT, 'dist/grader/cli.js');

const TOLD = z.object({ isolation: ISOLATION, words: z.string(), left: z.array(z.number()) });

const isRoot = process.getuid?.() === 0;

/** Without the right to make namespaces, for which root needs CAP_SYS_ADMIN. */
const WITHOUT_ADMIN = ['setpriv', '--bounding-set', '-sys_admin', '--inh-caps', '-sys_admin'];

/** An ordinary user; its programs may still make user namespaces, if the machine allows it. */
const AS_NOBODY = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];

const inOwnMounts = (script: string) => [
  'unshare',
  '--mount',
  '--propagation',
  'private',
  'sh',
  '-c',
  `${script} && exec "$@"`,
  'sh',
];

/** Groups can be seen and not made, as in many containers. */
const GROUPS_READ_ONLY = inOwnMounts('mount -t tmpfs -o ro none /sys/fs/cgroup');

/** The groups are hidden, as for a program that is started in a network namespace by a common tool. */
const GROUPS_HIDDEN = inOwnMounts('umount -l /sys && mount -t sysfs none /sys');

/** No namespace of users can be made in this one. */
const NO_USER_NAMESPACES = [
  'unshare',
  '--user',
  '--map-root-user',
  'sh',
  '-c',
  'echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --bounding-set=-all --inh-caps=-all "$@"',
  'sh',
];

interface Place {
  name: string;
  /** The words that lead a program to that place. */
  through: readonly string[];
  /** Whether only root can make it. */
  byRoot: boolean;
  level: string;
  words: RegExp;
}

const PLACES: readonly Place[] = [
  {
    name: 'root without CAP_SYS_ADMIN',
    through: WITHOUT_ADMIN,
    byRoot: true,
    level: 'weak',
    words:
      /^WEAK \(no namespaces; bubblewrap cannot make a box here: .+\): servers can share memory/,
  },
  {
    name: 'an ordinary user without namespaces',
    through: NO_USER_NAMESPACES,
    byRoot: false,
    level: 'none',
    words: /^NONE \(bubblewrap cannot make a box here: .+\): submissions run as you$/,
  },
  {
    name: 'root with control groups that cannot be made',
    through: GROUPS_READ_ONLY,
    byRoot: true,
    level: 'full',
    words: /^full \(bubblewrap [\d.]+(?:, seccomp)?\), but memory and processes are not limited$/,
  },
  {
    name: 'root where the control groups are hidden',
    through: GROUPS_HIDDEN,
    byRoot: true,
    level: 'full',
    words: /^full \(bubblewrap [\d.]+(?:, seccomp)?\), but memory and processes are not limited$/,
  },
  {
    name: 'an ordinary user with user namespaces',
    through: AS_NOBODY,
    byRoot: true,
    level: 'full',
    words: /^full \(bubblewrap /,
  },
  {
    name: 'root of a user namespace without other users',
    through: ['unshare', '--user', '--map-root-user'],
    byRoot: false,
    level: 'full',
    words: /^full \(bubblewrap /,
  },
];

describe('the isolation that can be had by', function () {
  const temporary = useTemporaryDirectory();
  beforeEach(() => chmodSync(temporary(), 0o777));

  const runIn = (through: readonly string[], argv: readonly string[], path = '') => {
    const [command = '', ...words] = [...through, process.execPath, ...argv];
    const { PBLAB_ISOLATION: _, ...inherited } = process.env;
    const env: NodeJS.ProcessEnv = {
      ...inherited,
      TMPDIR: temporary(),
      XDG_CACHE_HOME: join(temporary(), 'cache'),
    };
    if (path !== '') env['PATH'] = path;
    return spawnSync(command, words, { encoding: 'utf8', env, cwd: temporary(), timeout: 60_000 });
  };
  const tell = (through: readonly string[], path?: string, wanted: readonly string[] = []) => {
    const { stdout, stderr } = runIn(through, [TELL, ...wanted], path);
    expect(stdout, stderr).to.not.equal('');
    return TOLD.parse(JSON.parse(stdout));
  };
  /** A PATH without bubblewrap. */
  const withoutBubblewrap = () => {
    const folder = join(temporary(), 'bin');
    mkdirSync(folder);
    for (const name of ['sh', 'setsid', 'sleep', 'setpriv', 'chown', 'cp', 'true']) {
      symlinkSync(`/usr/bin/${name}`, join(folder, name));
    }
    return [folder, '/nowhere'].join(delimiter);
  };

  for (const { name, through, byRoot, level, words } of PLACES) {
    it(`${name} is ${level}`, function () {
      if (byRoot && !isRoot) return this.skip();
      const possible = runIn(through, ['-e', '']);
      if (possible.status !== 0 || possible.error) {
        if (this.test) this.test.title += ` (skipped: ${possible.stderr.trim()})`;
        return this.skip();
      }
      const told = tell(through);
      expect(told.words).to.match(words);
      expect(told.isolation.level).to.equal(level);
      expect(told.left).to.deep.equal([]);
      if (level === 'full') return;
      const full = runIn(through, [CLI, 'demo', '--isolation', 'full']);
      expect(full.status, full.stderr).to.equal(64);
      expect(full.stderr).to.contain('no isolation of the level full');
      expect(tell(through, undefined, ['none']).words).to.equal('NONE: submissions run as you');
    });
  }

  it('a machine without bubblewrap is less than full', () => {
    const path = withoutBubblewrap();
    const told = tell([], path);
    expect(told.isolation.level).to.equal('none');
    expect(told.words).to.equal('NONE (bubblewrap is not installed): submissions run as you');
    expect(told.left).to.deep.equal([]);
    const full = runIn([], [CLI, 'demo', '--isolation', 'full'], path);
    expect(full.status).to.equal(64);
    expect(full.stderr).to.contain('apt-get install bubblewrap');
  });
});
