/**
 * The command line of the reference, its mutants and its variants: which machine to run, with which
 * names and times. A mutant or a variant brings its own parts; everything else is the same.
 */

import { randomUUID } from 'node:crypto';
import { runClerk } from './clerk-process.js';
import { Clerk } from './clerk.js';
import { complainingNetwork, host } from './host.js';
import type { Network } from './machine.js';
import { call } from './rpc.js';
import { Server } from './server.js';
import { ViewService } from './view-service.js';

/** What a service is built from; a mutant replaces one of these, a variant one or more. */
export interface Parts {
  view: typeof ViewService;
  server: typeof Server;
  clerk: typeof Clerk;
  /** How servers and clerks send their calls. */
  call: Network['call'];
}

export const REFERENCE: Parts = { view: ViewService, server: Server, clerk: Clerk, call };

export const COMMANDS = 'view SELF | server VIEW SELF | clerk VIEW';

const EXIT_USAGE = 64;

/** Runs what `args` name; `usage` is the line to print if they name nothing. */
export function run(args: readonly string[], parts: Parts, usage: string): void {
  const pingIntervalMs = positiveFromEnv('PBLAB_PING_INTERVAL_MS', 100);
  const deadPings = positiveFromEnv('PBLAB_DEAD_PINGS', 5);
  const [command, first, second] = args;
  if (command === 'view' && first && args.length === 2) {
    host(first, new parts.view(deadPings), pingIntervalMs);
  } else if (command === 'server' && first && second && args.length === 3) {
    const network = complainingNetwork(second, parts.call);
    host(second, new parts.server(second, first, network), pingIntervalMs);
  } else if (command === 'clerk' && first && args.length === 2) {
    const network = complainingNetwork('clerk', parts.call);
    const clerk = new parts.clerk(randomUUID(), first, deadPings, network);
    setInterval(() => clerk.tick(), pingIntervalMs);
    runClerk(clerk, first, network);
  } else {
    failUsage(usage);
  }
}

/** Ends the process with one line on stderr and the exit code for a wrong command line. */
export function failUsage(message: string): never {
  console.error(message);
  process.exit(EXIT_USAGE);
}

function positiveFromEnv(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  return failUsage(`${name} is "${text}"; expected a whole number from 1`);
}
