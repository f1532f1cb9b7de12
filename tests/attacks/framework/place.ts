/** What is where in the jail: the staff's files, the class, and people beside them. */

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Session } from '../../../harness/process/session.js';
import { ROOT } from '../../root.js';
import { writeTree } from '../../support/trees.js';
import type { Attempt } from './attack.js';

/** Files of the staff, their home directory, and the results of a grading. */
export const STAFF = '/srv/staff';
export const HOME = `${STAFF}/home`;
export const OUT = `${STAFF}/out`;

/** The submissions. */
export const CLASS = '/srv/class';

/** What a submission must not get to know. */
export const SECRETS = {
  token: 'token-of-staff-5150',
  roster: 'mallory,Mallory Malfoy,4711',
  rubric: 'hidden-scenario-of-staff',
  aliceSource: 'solution-of-alice-1729',
  descriptor: 'open-file-of-staff-8086',
  seed: '5eed0fca11ab1e00',
} as const;

/** A port of the jail at which somebody listens whom no submission should reach. */
export const PORT = 4444;

/** What programs have said to `PORT`. */
export interface Listener {
  heard(): string;
}

export interface Place {
  /** Starts a program of somebody else, under this name, that does nothing; gives its pid. */
  bystander(name: string): number;
  /** Of another grading that is under way; an attempt that opens one adds it. */
  sessions: Session[];
  /** Pids of all bystanders, by name. */
  bystanders: ReadonlyMap<string, number>;
}

/** Lays out the place for an attempt. */
export async function layOut(attempt: Omit<Attempt, 'attacks' | 'sign'>): Promise<Place> {
  writeTree('/srv', {
    'staff/roster.csv': `submission,name,id\n${SECRETS.roster}\n`,
    'staff/rubric.yaml': `${SECRETS.rubric}: 10\n`,
    'staff/open.txt': `${SECRETS.descriptor}\n`,
    'staff/vault/grades.csv': 'alice,100\n',
    'staff/home/.npmrc': 'fund=false\n',
    'class/alice/pblab.yaml': manifestOf({}),
    'class/alice/solution.txt': `${SECRETS.aliceSource}\n`,
  });
  mkdirSync(OUT);
  for (const name of ['alice', 'mallory']) copyReference(join(CLASS, name, 'kv'));
  writeTree(join(CLASS, 'mallory'), { 'pblab.yaml': manifestOf(attempt), ...attempt.files });
  const bystanders = new Map<string, number>();
  const place: Place = {
    bystanders,
    sessions: [],
    bystander(name) {
      const { pid = 0 } = spawn('sh', ['-c', 'read nothing', name], {
        stdio: ['pipe', 'ignore', 'ignore'],
        detached: true,
        cwd: '/',
        env: { PATH: process.env['PATH'] },
      });
      bystanders.set(name, pid);
      return pid;
    },
  };
  await attempt.arrange?.(place);
  return place;
}

function manifestOf({ run = {}, manifest = '' }: Pick<Attempt, 'run' | 'manifest'>): string {
  const commands = {
    view: 'node kv/main.js view {self}',
    server: 'node kv/main.js server {view} {self}',
    clerk: 'node kv/main.js clerk {view}',
    ...run,
  };
  const lines = Object.entries(commands).map(([role, words]) => `  ${role}: ${words}\n`);
  return `preset: process\nprotocol: pblab/1\n${manifest}run:\n${lines.join('')}`;
}

/** The programs of the reference, which are a package by themselves. */
function copyReference(target: string): void {
  const source = join(ROOT, 'dist/reference');
  const isProgram = (path: string) =>
    path === source || (path.endsWith('.js') && !path.includes('/mutants/'));
  cpSync(source, target, { recursive: true, filter: isProgram });
  writeFileSync(join(target, 'package.json'), '{ "type": "module" }\n');
}

/** Listens at `PORT` until the jail ends. */
export function listen(): Promise<Listener> {
  let heard = '';
  const server = createServer((socket) => {
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    socket.on('error', () => {});
  });
  return new Promise((resolve) => {
    server.listen(PORT, '127.0.0.1', () => resolve({ heard: () => heard }));
  });
}
