/**
 * The jail of an attempt: namespaces of its own for processes, files, memory and network, so that an attack that works
 * harms nobody. Everything that an attack may write to is a copy, or lies in memory, and all its processes end with the
 * jail. Inside, the kit runs as root on what looks like an ordinary machine.
 */

import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { cacheDirectory } from '../../../harness/ground/cache-directory.js';
import { resolveSubmission } from '../../../harness/submission/submission.js';
import { ROOT } from '../../root.js';
import { submissionPath } from '../../support/programs.js';
import { ATTEMPTS } from '../registry.js';
import { makeCage } from './cage.js';
import { HOME } from './place.js';

/** What the observer in the jail reports. */
const REPORT = z.object({
  /** By the names of the attacks. */
  harms: z.record(z.string(), z.string().nullable()),
  /** Whether the sign of the attempt was printed. */
  wasTried: z.boolean(),
  code: z.union([z.number(), z.string()]),
  records: z.array(z.object({ verdict: z.string(), reason: z.string() }).loose()),
  left: z.array(z.string()),
  printed: z.string(),
});

export type Report = z.infer<typeof REPORT>;

/** An attempt may take so long, in ms; then its jail is ended. */
const JAIL_MS = 90_000;

const OBSERVER = join(import.meta.dirname, '../programs/in-jail.js');

/** Why there can be no jails on this machine, as a clause; undefined if there can. */
export function whyNoJail(): string | undefined {
  if (process.getuid?.() !== 0) return 'a jail needs root';
  try {
    execFileSync('bwrap', [...namespaces(), 'sh', '-c', 'mount -t proc proc /proc'], {
      stdio: 'pipe',
    });
    return undefined;
  } catch (error) {
    return `bubblewrap cannot make a jail (${String(error).split('\n')[0]})`;
  }
}

/** Makes the attempt in a jail, with the kit at this level of isolation. */
export async function attemptInJail(name: string, level: 'none' | 'full'): Promise<Report> {
  const isWarm = ATTEMPTS[name]?.isWarm === true;
  if (isWarm) await resolveSubmission(submissionPath('go-single'));
  const cage = makeCage();
  const jail = spawn(
    'sh',
    ['-c', cage.script, 'sh', 'bwrap', ...jailWords([name, level], isWarm)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const timer = setTimeout(() => jail.kill('SIGKILL'), JAIL_MS);
  let [stdout, stderr] = ['', ''];
  jail.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  jail.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  try {
    await new Promise((resolve, reject) => jail.once('close', resolve).once('error', reject));
    const [line = ''] = stdout.split('\n').filter((each) => each.startsWith('{"harms":'));
    if (line === '') throw new Error(`the jail of ${name} has no report:\n${stdout}${stderr}`);
    return REPORT.parse(JSON.parse(line));
  } finally {
    clearTimeout(timer);
    await cage.remove();
  }
}

function namespaces(): string[] {
  return [
    '--unshare-pid --unshare-ipc --unshare-net --unshare-uts --new-session --die-with-parent',
    '--ro-bind / / --dev /dev --proc /proc',
    '--tmpfs /dev/shm --tmpfs /tmp --tmpfs /srv --tmpfs /run',
  ].flatMap((words) => words.split(' '));
}

function jailWords(words: readonly string[], isWarm: boolean): string[] {
  return [
    namespaces(),
    cgroupsVisible(),
    // The project may lie below one of the directories that are empty now.
    ['--ro-bind', ROOT, ROOT],
    ['--clearenv', '--setenv', 'PATH', searchPath(), '--chdir', '/'],
    ['sh', '-c', setup(isWarm), 'sh', process.execPath, OBSERVER, ...words],
  ].flat();
}

/** The kit makes control groups for its boxes. */
function cgroupsVisible(): string[] {
  return existsSync('/sys/fs/cgroup') ? ['--bind', '/sys/fs/cgroup', '/sys/fs/cgroup'] : [];
}

/**
 * A box in the jail may have a /proc only if that of the jail is whole. The kit can be written to, as on the machine of
 * a member of staff, and so can what it has built there; what is written is gone with the jail.
 */
function setup(isWarm: boolean): string {
  const shown = [[join(ROOT, 'dist'), join(ROOT, 'dist')]];
  if (isWarm) shown.push([cacheDirectory(), `${HOME}/.cache/pblab`]);
  return [
    'set -e',
    'mount -t proc proc /proc',
    ...shown.flatMap(([lower, target], at) => [
      `mkdir -p /run/upper/${at} /run/scratch/${at} '${target}'`,
      `mount -t overlay overlay -o 'lowerdir=${lower},upperdir=/run/upper/${at},workdir=/run/scratch/${at}' '${target}'`,
    ]),
    'exec "$@"',
  ].join('\n');
}

/** Where the programs are that attacks are written in; not the caller's path, which may lead into a home directory. */
function searchPath(): string {
  const usual = '/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return `${dirname(process.execPath)}:${usual}`;
}
