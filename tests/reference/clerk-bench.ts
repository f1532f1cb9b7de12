/** A clerk on its own, for tests of it and of its mutants. */

import { Clerk } from '../../reference/clerk.js';
import type { Mutant } from '../../reference/mutant.js';
import type { View } from '../../reference/protocol.js';
import { LOST, OK, RecordedNetwork, viewOf } from './recorded-network.js';
import { DIAL } from './server-bench.js';

export const DEAD_PINGS = 5;

/** One clerk under test, with the test in the place of the view service and the servers. */
export class ClerkBench {
  readonly network = new RecordedNetwork();
  readonly clerk: Clerk;
  /** What was said to be done, in order. */
  readonly done: string[] = [];

  constructor(make: typeof Clerk | Mutant = Clerk) {
    const { clerk: Made = Clerk } = 'parts' in make ? make.parts(DIAL) : { clerk: make };
    this.clerk = new Made('c', 'vs', DEAD_PINGS, this.network);
  }

  append(value: string): void {
    this.clerk.update('append', 'k', value, () => this.done.push(value));
  }

  get(): void {
    this.clerk.get('k', (value) => this.done.push(`read ${value}`));
  }

  answerLookup(view: View): void {
    this.network.last('view.get').answer({ kind: 'result', result: { view } });
  }

  /** The attempt at an update that is under way is lost, and the view service says who is primary now. */
  loseUpdate(view = viewOf(2, 'pb1', 'pb2')): void {
    this.network.last('kv.update').answer(LOST);
    this.clerk.tick();
    this.answerLookup(view);
  }

  /** Receiver and sequence of every attempt at an update. */
  attempts(): [string, unknown][] {
    return this.network.all('kv.update').map(({ to, params }) => [to, params.sequence]);
  }

  lookups(): number {
    return this.network.all('view.get').length;
  }

  /** Knows that pb1 is primary, from a first append. */
  static informed(make: typeof Clerk | Mutant = Clerk): ClerkBench {
    const bench = new ClerkBench(make);
    bench.append('a');
    bench.answerLookup(viewOf(2, 'pb1', 'pb2'));
    bench.network.last('kv.update').answer(OK);
    return bench;
  }
}
