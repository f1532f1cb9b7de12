/**
 * Servers and clerks that differ from the reference and keep the rules of the lab all the same, as a program:
 * `lawful-service.js NAME server VIEW SELF`, or `clerk VIEW`. A scenario that fails one of them accuses the
 * innocent.
 */

import { Clerk } from '../../../../reference/clerk.js';
import { COMMANDS, REFERENCE, failUsage, run, type Parts } from '../../../../reference/command.js';
import type { Network } from '../../../../reference/machine.js';
import { Server } from '../../../../reference/server.js';
import { BlockingServer } from './blocking-server.js';

/**
 * Keeps its clients waiting until their operations are done, or until it hears that it is deposed, and
 * tries what has failed again only once a ping interval.
 */
class UnhurriedServer extends Server {
  protected override failFast(): void {
    // Whoever waits goes on waiting, and the next tick tries again.
  }
}

/** Waits for each answer as long as it takes: the lab's calls have no time-outs. */
class PatientClerk extends Clerk {
  constructor(client: string, viewService: string, _deadPings: number, network: Network) {
    super(client, viewService, Infinity, network);
  }
}

const LAWFUL: Readonly<Record<string, Partial<Parts>>> = {
  blocking: { server: BlockingServer, clerk: PatientClerk },
  unhurried: { server: UnhurriedServer, clerk: PatientClerk },
};

const [name = '', ...args] = process.argv.slice(2);
const parts = LAWFUL[name] ?? failUsage(`unknown service "${name}"`);
run(args, { ...REFERENCE, ...parts }, `usage: lawful-service.js NAME ${COMMANDS}`);
