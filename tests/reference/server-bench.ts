/** One server under test, with the test in the place of everybody else. */

import type { Reply } from '../../reference/machine.js';
import type { Dial, Mutant } from '../../reference/mutant.js';
import type { UpdateKind, View } from '../../reference/protocol.js';
import { Server } from '../../reference/server.js';
import { OK, RecordedNetwork, ask, brief, viewOf } from './recorded-network.js';
import type { RecordedCall } from './recorded-network.js';

/** For mutants that have a dial: they err always. */
export const DIAL: Dial = { rate: 1, random: () => 0 };

export type ServerOrMutant = typeof Server | Pick<Mutant, 'parts'>;

export class Bench {
  readonly network = new RecordedNetwork();
  readonly server: Server;

  constructor(
    readonly self: string,
    make: ServerOrMutant = Server,
  ) {
    const { server: Made = Server } = 'parts' in make ? make.parts(DIAL) : { server: make };
    this.server = new Made(self, 'vs', this.network);
  }

  /** The server pings and is told of `view`. */
  hear(view: View): void {
    this.server.tick();
    this.answerPing(view);
  }

  answerPing(view: View): void {
    this.network.last('view.ping').answer({ kind: 'result', result: { view } });
  }

  /** The number of the latest ping. */
  get pinged(): number | undefined {
    return this.network.last('view.ping').params.viewnum;
  }

  append(value: string, sequence: number, client = 'c'): Reply[] {
    return this.update('append', value, sequence, client);
  }

  update(op: UpdateKind, value: string, sequence: number, client = 'c'): Reply[] {
    return ask(this.server, 'kv.update', { op, key: 'k', value, client, sequence });
  }

  get(): Reply[] {
    return ask(this.server, 'kv.get', { key: 'k' });
  }

  forwards(): string[] {
    return this.network.all('backup.forward').map(({ params }) => params.operation?.value ?? 'get');
  }

  get forward(): RecordedCall {
    return this.network.last('backup.forward');
  }

  /** Alone in view 1, serving. */
  static alone(make: ServerOrMutant = Server): Bench {
    const bench = new Bench('pb1', make);
    bench.hear(viewOf(1, 'pb1'));
    bench.answerPing(viewOf(1, 'pb1'));
    return bench;
  }

  /** Primary of view 2 with pb2 as its backup, serving; "a" of sequence 1 was appended alone. */
  static paired(make: ServerOrMutant = Server): Bench {
    const bench = Bench.alone(make);
    bench.append('a', 1);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    bench.network.last('backup.transfer').answer(OK);
    bench.answerPing(viewOf(2, 'pb1', 'pb2'));
    return bench;
  }

  /** Backup pb2 of view 2 that has received a transfer with k = "a". */
  static backup(make: ServerOrMutant = Server): Bench {
    const bench = new Bench('pb2', make);
    bench.hear(viewOf(2, 'pb1', 'pb2'));
    bench.transfer(2, 'pb1', 'a', 1);
    return bench;
  }

  transfer(view: number, primary: string, value: string, sequence: number): Reply[] {
    const content = { store: [['k', value]], filter: [['c', sequence, '']] };
    return ask(this.server, 'backup.transfer', { view, primary, ...content });
  }

  receive(view: number, primary: string, value: string, sequence: number): Reply[] {
    const operation = { op: 'append', key: 'k', value, client: 'c', sequence };
    return ask(this.server, 'backup.forward', { view, primary, operation });
  }

  /** What pb2 holds, told by promoting it. */
  readAsHeir(viewnum = 3): string[] {
    this.hear(viewOf(viewnum, this.self));
    this.answerPing(viewOf(viewnum, this.self));
    return brief(this.get());
  }
}
