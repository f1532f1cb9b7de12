/**
 * The clerk: turns "get" and "update" into calls to the primary, and retries until they are
 * done. It keeps the view in mind and asks the view service only when something has gone wrong. An
 * update keeps its number through all retries. It knows no sockets and no clock.
 */

import type { Abandon, Answer, Network } from './machine.js';
import { NO_VIEW, decodeView, isRecord } from './protocol.js';
import type { UpdateKind, UpdateParams, View } from './protocol.js';

/** While the primary is silent, the view service is asked again after so many ticks. */
const TICKS_BETWEEN_LOOKUPS = 2;

/** An operation on its way: what to ask the primary, and who hears of the result. */
export interface Task {
  method: 'kv.get' | 'kv.update';
  params: unknown;
  done: (value: string) => void;
}

export class Clerk {
  protected view: View = NO_VIEW;
  protected sequence = 0;
  /** The first is under way, the others wait. */
  private readonly tasks: Task[] = [];
  /** The call to the primary that is under way, and for how many ticks it has been. */
  private attempt: Abandon | undefined;
  private silentTicks = 0;
  /** The question to the view service that is under way, and how often it was wanted since. */
  private lookup: Abandon | undefined;
  private lookupsWanted = 0;

  /**
   * `client` must be unlike that of any clerk that ever lived. After `deadPings` ticks without an
   * answer, a primary is suspected to be dead.
   */
  constructor(
    protected readonly client: string,
    protected readonly viewService: string,
    protected readonly deadPings: number,
    protected readonly network: Network,
  ) {}

  /** Reads a key; `done` hears its value, "" if it was never written, however long that takes. */
  get(key: string, done: (value: string) => void): void {
    this.start({ method: 'kv.get', params: { key }, done });
  }

  /**
   * Writes a key; `done` is called when that is done, once, however long it takes. It hears what the
   * key held before a puthash, and "" after any other update.
   */
  update(op: UpdateKind, key: string, value: string, done: (before: string) => void): void {
    const params: UpdateParams = { op, key, value, ...this.name() };
    this.start({ method: 'kv.update', params, done });
  }

  /** The pause between retries ends here, and silence is counted here. */
  tick(): void {
    if (this.tasks.length === 0) return;
    if (!this.attempt) return this.lookUp();
    this.silentTicks += 1;
    const overdue = this.silentTicks - this.deadPings;
    if (overdue >= 0 && overdue % TICKS_BETWEEN_LOOKUPS === 0) this.lookUp();
  }

  /** What an update is known by, for ever. */
  protected name(): Pick<UpdateParams, 'client' | 'sequence'> {
    this.sequence += 1;
    return { client: this.client, sequence: this.sequence };
  }

  protected start(task: Task): void {
    this.tasks.push(task);
    if (this.tasks.length === 1) this.send();
  }

  /** Sends the first task to the primary, as far as known. */
  protected send(): void {
    const [task] = this.tasks;
    if (task === undefined) return;
    if (this.view.primary === '') return this.lookUp();
    this.silentTicks = 0;
    const { method, params } = this.request(task);
    this.attempt = this.network.call(this.addressee(task), method, params, (answer) => {
      this.attempt = undefined;
      this.onAnswer(task, answer);
    });
  }

  /** Whom an attempt goes to; there is a primary. */
  protected addressee(_task: Task): string {
    return this.view.primary;
  }

  /** What an attempt says; the same each time. */
  protected request({ method, params }: Task): Pick<Task, 'method' | 'params'> {
    return { method, params };
  }

  /** Anything but a result means: wait for the tick, ask for the view, and send again. */
  protected onAnswer(task: Task, answer: Answer): void {
    if (answer.kind !== 'result') return;
    this.tasks.shift();
    this.send();
    task.done(valueOf(answer.result));
  }

  protected lookUp(): void {
    this.lookupsWanted += 1;
    if (this.lookup && this.lookupsWanted <= this.deadPings) return;
    this.lookup?.();
    this.lookupsWanted = 0;
    this.lookup = this.network.call(this.viewService, 'view.get', {}, (answer) => {
      this.lookup = undefined;
      const view = answer.kind === 'result' ? decodeView(answer.result) : undefined;
      if (view) this.onView(view);
    });
  }

  protected onView(view: View): void {
    if (view.viewnum < this.view.viewnum) return;
    const moved = view.primary !== this.view.primary;
    this.view = view;
    if (view.primary === '' || (this.attempt && !moved)) return;
    this.attempt?.();
    this.send();
  }
}

/** The value in a result; "" if there is none. */
export function valueOf(result: unknown): string {
  return isRecord(result) && typeof result['value'] === 'string' ? result['value'] : '';
}
