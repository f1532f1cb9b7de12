/**
 * A key/value server: primary, backup or idle, as the view service says. It opens no sockets and
 * starts no timers. Three ideas carry it:
 *
 * 1. The primary answers a client only after the backup of its view has accepted the operation, reads
 *    included. The backup accepts from the primary of its own view only. So as soon as one server of
 *    a pair has gone on to the next view, the other cannot complete anything: no clocks, no leases.
 * 2. Operations are forwarded one at a time. A forward whose answer was lost may have been executed;
 *    it is forwarded again before anything else, so that both replicas execute in the same order.
 * 3. The primary acknowledges a view only when its backup holds everything. So every server that the
 *    view service may promote has the data.
 */

import { refuse, succeed } from './machine.js';
import type { Abandon, Answer, Machine, Network, Reply } from './machine.js';
import type { Forward, FromPrimary, Transfer } from './peer-protocol.js';
import { NO_VIEW, decodeView } from './protocol.js';
import type { ErrorName, View } from './protocol.js';
import { Replica } from './replica.js';
import type { Operation } from './replica.js';
import { decodeServerRequest } from './requests.js';

type ReplyTo = (reply: Reply) => void;

/** An operation of clients that has not been executed here. */
export interface Pending {
  operation: Operation;
  /** Who waits for it: its clerk, once per attempt. */
  waiters: ReplyTo[];
  /** Whether the backup of this view may have executed it: an attempt to forward it got no answer. */
  uncertain: boolean;
}

export class Server extends Replica implements Machine {
  protected view: View = NO_VIEW;
  /** Whether this replica holds all that was acknowledged up to its view. */
  protected initialised = false;
  /** The number to ping with: the view whose duties are done, 0 until there was one. */
  protected accomplished = 0;
  /** Whether the view service has answered a ping with the number of this view. */
  protected acknowledged = false;
  /** Operations in the order of arrival; only the first is ever under way to the backup. */
  protected pending: Pending[] = [];
  /** Ends the call to the backup that is under way: a forward or a transfer, one at a time. */
  protected underWay: Abandon | undefined;
  /** The pings that are not answered yet, oldest first. */
  protected readonly pings = new Set<Abandon>();
  /** How many pings may be unanswered at a time; then the oldest is given up for the next. */
  protected readonly maxPings: number = 20;

  /** `self` is this server's name and address, `viewService` the address of the view service. */
  constructor(
    protected readonly self: string,
    protected readonly viewService: string,
    protected readonly network: Network,
  ) {
    super();
  }

  handle(method: string, params: unknown, reply: ReplyTo): void {
    const request = decodeServerRequest(method, params);
    if (typeof request === 'string') return reply(refuse(request));
    switch (request.kind) {
      case 'client':
        return this.onClientRequest(request.operation, reply);
      case 'forward':
        return reply(this.onForward(request.forward));
      case 'transfer':
        return reply(this.onTransfer(request.transfer));
    }
  }

  /** Pings, and tries again what failed since the last tick. */
  tick(): void {
    this.ping();
    if (this.underWay) return;
    if (this.isPrimary() && this.accomplished !== this.view.viewnum) this.prepareBackup();
    else this.pump();
  }

  // Views: learned from the answers to pings.

  protected ping(): void {
    const viewnum = this.numberToPing();
    // A second ping with 0 could come after the answer that made this server a member of a view, and
    // would read as a restart. So while it knows nothing it asks one question at a time.
    if (viewnum === 0 && this.pings.size > 0) return;
    const [oldest] = this.pings;
    if (oldest && this.pings.size >= this.maxPings) this.forgetPing(oldest);
    const params = { server: this.self, viewnum };
    const abandon = this.network.call(this.viewService, 'view.ping', params, (answer) => {
      this.pings.delete(abandon);
      this.onPingAnswer(answer, viewnum);
    });
    this.pings.add(abandon);
  }

  /** A ping with the number `pinged` was answered, or its answer is lost. */
  protected onPingAnswer(answer: Answer, pinged: number): void {
    const view = answer.kind === 'result' ? decodeView(answer.result) : undefined;
    if (view) this.onView(view, pinged);
  }

  /** With this number a primary acknowledges its view: not before its duties in it are done. */
  protected numberToPing(): number {
    return this.accomplished;
  }

  /** The view service named `view` in answer to a ping with the number `pinged`. */
  protected onView(view: View, pinged: number): void {
    if (view.viewnum > this.view.viewnum) return this.enterView(view);
    // An answer that was overtaken by a newer one is ignored.
    if (view.viewnum !== pinged || pinged !== this.view.viewnum) return;
    this.acknowledged = true;
    this.pump();
  }

  protected enterView(view: View): void {
    this.initialised = this.keepsData(view);
    if (!this.initialised) this.install({ store: [], filter: [] });
    this.view = view;
    this.acknowledged = false;
    this.underWay?.();
    this.underWay = undefined;
    if (this.initialised) return this.startAsPrimary();
    this.failWaiters('not-primary');
    this.pending = [];
    // A primary without the data must never acknowledge its view.
    if (!this.isPrimary()) this.accomplished = view.viewnum;
  }

  /**
   * Whether what this replica holds is right for a primary of `next`. In the first view there is
   * nothing to hold. A backup starts from nothing, whatever it held, and waits for the transfer.
   */
  protected keepsData(next: View): boolean {
    if (next.primary !== this.self) return false;
    if (this.view.viewnum === 0) return next.viewnum === 1;
    return this.initialised && next.viewnum === this.view.viewnum + 1;
  }

  protected startAsPrimary(): void {
    // An uncertain operation that no client waits for is dropped. No replica of this view has executed it, and
    // its clerk, which has no answer either, will ask again. The backup that may have executed it is
    // out of the view, and loses its data before it can come back.
    this.pending = this.pending.filter(({ waiters }) => waiters.length > 0);
    for (const operation of this.pending) operation.uncertain = false;
    this.prepareBackup();
  }

  protected isPrimary(): boolean {
    return this.view.primary === this.self;
  }

  // The primary and its backup: transfer first, acknowledge the view, then forward.

  /** Gives the backup, if there is one, all that this replica holds; then the view is accomplished. */
  protected prepareBackup(): void {
    if (!this.initialised) return;
    if (this.view.backup === '') return this.accomplish();
    this.callBackup('backup.transfer', this.snapshot(), (answer) => this.onTransferAnswer(answer));
  }

  protected onTransferAnswer(answer: Answer): void {
    if (answer.kind === 'result') this.accomplish();
    else this.failFast();
  }

  protected accomplish(): void {
    this.accomplished = this.view.viewnum;
    this.ping();
  }

  protected forward(head: Pending): void {
    const { operation } = head;
    this.callBackup('backup.forward', { operation }, (answer) => {
      this.onForwardAnswer(head, answer);
    });
  }

  protected onForwardAnswer(head: Pending, answer: Answer): void {
    switch (answer.kind) {
      case 'result':
        this.complete(head);
        return this.pump();
      case 'refused':
        return this.onForwardRefused();
      case 'lost':
        return this.onForwardLost(head);
    }
  }

  /** The backup is surely in another view, so there is a newer one to learn of. */
  protected onForwardRefused(): void {
    this.failFast();
    this.ping();
  }

  /** The backup may or may not have executed it. A read leaves no trace, so it need not be repeated. */
  protected onForwardLost(head: Pending): void {
    head.uncertain ||= head.operation.op !== 'get';
    this.failFast();
  }

  protected callBackup(method: string, params: object, done: (answer: Answer) => void): void {
    const sender: FromPrimary = { view: this.view.viewnum, primary: this.self };
    const request = { ...sender, ...params };
    this.underWay = this.network.call(this.view.backup, method, request, (answer) => {
      this.underWay = undefined;
      done(answer);
    });
  }

  // The primary and its clients.

  protected onClientRequest(operation: Operation, reply: ReplyTo): void {
    const refusal = this.refuseClient();
    if (refusal) return reply(refuse(refusal));
    this.enqueue(operation, reply);
    this.pump();
  }

  protected refuseClient(): ErrorName | undefined {
    if (!this.isPrimary()) return 'not-primary';
    return this.isServing() ? undefined : 'not-ready';
  }

  /** A view is acknowledged only when it is accomplished: initialised, and the backup prepared. */
  protected isServing(): boolean {
    return this.isPrimary() && this.acknowledged;
  }

  /** A retry of what is pending waits with it. */
  protected enqueue(operation: Operation, reply: ReplyTo): void {
    const same = this.pending.find((pending) => isRetry(operation, pending.operation));
    if (same) same.waiters.push(reply);
    else this.pending.push({ operation, waiters: [reply], uncertain: false });
  }

  /** Brings the first pending operation on its way; without a backup, all of them to their end. */
  protected pump(): void {
    while (this.isServing() && !this.underWay) {
      const [head] = this.pending;
      if (head === undefined) return;
      if (this.view.backup === '') this.complete(head);
      else this.forward(head);
    }
  }

  /** Every replica of the view has executed `head`, or will have with this one. */
  protected complete(head: Pending): void {
    this.pending.shift();
    const answer = this.perform(head.operation);
    for (const reply of head.waiters) reply(answer);
  }

  /** Executes an operation; what its clerk is told. */
  protected perform(operation: Operation): Reply {
    const value = this.execute(operation);
    const { op } = operation;
    return succeed(op === 'get' || op === 'puthash' ? { value } : {});
  }

  /** Lets no clerk wait for a backup that fails, and keeps only what the backup may have executed. */
  protected failFast(): void {
    this.failWaiters('not-ready');
    this.pending = this.pending.filter(({ uncertain }) => uncertain);
  }

  protected failWaiters(error: ErrorName): void {
    for (const reply of this.pending.flatMap(({ waiters }) => waiters.splice(0))) {
      reply(refuse(error));
    }
  }

  // The backup.

  protected onForward(forward: Forward): Reply {
    const refusal = this.refusePeer(forward) ?? (this.initialised ? undefined : 'not-ready');
    if (refusal) return refuse(refusal);
    this.execute(forward.operation);
    return succeed({});
  }

  /** A transfer that comes twice, or late, must not undo what was forwarded since. */
  protected onTransfer(transfer: Transfer): Reply {
    const refusal = this.refusePeer(transfer);
    if (refusal) return refuse(refusal);
    if (!this.initialised) this.install(transfer);
    this.initialised = true;
    return succeed({});
  }

  /** Only the primary of this server's own view may tell it anything, and only while it is backup. */
  protected refusePeer({ view, primary }: FromPrimary): ErrorName | undefined {
    if (view > this.view.viewnum) {
      this.ping();
      return 'not-ready';
    }
    const isOurs = view === this.view.viewnum && primary === this.view.primary;
    return isOurs && this.view.backup === this.self ? undefined : 'not-primary';
  }

  private forgetPing(abandon: Abandon): void {
    abandon();
    this.pings.delete(abandon);
  }
}

function isRetry(operation: Operation, earlier: Operation): boolean {
  if (operation.op === 'get' || earlier.op === 'get') return false;
  return operation.client === earlier.client && operation.sequence === earlier.sequence;
}
