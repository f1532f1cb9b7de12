/**
 * The view service: who is primary and who is backup. It counts ticks, never looks at a clock, and
 * moves from one view to the next by the rules `view-*` of the lab. It stores no keys and makes
 * no calls; servers ping it and learn the view from the reply.
 */

import { refuse, succeed } from './machine.js';
import type { Machine, Reply } from './machine.js';
import { NO_VIEW, decodePing } from './protocol.js';
import type { PingParams, View } from './protocol.js';

export class ViewService implements Machine {
  protected view: View = NO_VIEW;
  /** Whether the primary has pinged with the view's number. View 0 has no primary to wait for. */
  protected acknowledged = true;
  /** Every server that is alive, oldest first, with the ticks since its last ping. */
  protected readonly silentTicks = new Map<string, number>();
  /** Members of the view that have been told they are: only these can have anything to lose. */
  protected told = new Set<string>();
  /** Members of the view that pinged 0 after they had been told. */
  protected restarted = new Set<string>();

  /** `deadPings`: after so many ticks without a ping a server is dead. */
  constructor(protected readonly deadPings: number) {}

  handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
    switch (method) {
      case 'view.get':
        return reply(succeed({ view: this.view }));
      case 'view.ping': {
        const ping = decodePing(params);
        const valid = ping !== undefined && ping.server !== '';
        return reply(valid ? succeed({ view: this.ping(ping) }) : refuse('bad-params'));
      }
      default:
        return reply(refuse('unknown-method'));
    }
  }

  tick(): void {
    for (const [server, silent] of this.silentTicks) {
      this.silentTicks.set(server, silent + 1);
      if (this.isDead(silent + 1)) this.silentTicks.delete(server);
    }
    this.advance();
  }

  protected ping({ server, viewnum }: PingParams): View {
    this.silentTicks.set(server, 0);
    if (this.isRestart(server, viewnum)) this.restarted.add(server);
    if (this.acknowledges(server, viewnum)) {
      this.acknowledged = true;
      // Only a primary with its data says so: what was taken for a restart was an old ping, late.
      this.restarted.delete(server);
    }
    this.advance();
    if (this.isMember(server)) this.told.add(server);
    return this.view;
  }

  /**
   * A member that pings 0 has lost its memory. It may also ping 0 because it has not heard yet that
   * it is a member, or, in view 1 before the acknowledgement, because no client could have written
   * anything yet; in both cases nothing was lost.
   */
  protected isRestart(server: string, viewnum: number): boolean {
    const nothingToLose = this.view.viewnum === 1 && !this.acknowledged;
    return viewnum === 0 && this.told.has(server) && !nothingToLose;
  }

  protected acknowledges(server: string, viewnum: number): boolean {
    return server === this.view.primary && viewnum === this.view.viewnum;
  }

  protected isDead(silentTicks: number): boolean {
    return silentTicks >= this.deadPings;
  }

  /** Goes on to the next view if this one is acknowledged and its members are no longer the right ones. */
  protected advance(): void {
    const members = this.nextMembers();
    if (members === undefined || !this.mayLeaveView()) return;
    this.enter({ viewnum: this.view.viewnum + 1, ...members });
  }

  protected enter(view: View): void {
    this.view = view;
    this.acknowledged = false;
    this.restarted = new Set();
    this.told = new Set([...this.told].filter((server) => this.isMember(server)));
  }

  protected mayLeaveView(): boolean {
    return this.acknowledged;
  }

  /** Promotion and refill are one step; `undefined` if the members stay as they are. */
  protected nextMembers(): Pick<View, 'primary' | 'backup'> | undefined {
    const primary = this.choosePrimary();
    if (primary === undefined) return this.withoutHeir();
    const backup = this.chooseBackup(primary);
    const unchanged = primary === this.view.primary && backup === this.view.backup;
    return unchanged ? undefined : { primary, backup };
  }

  /** Only a member that has kept its memory may lead, except in the first view. */
  protected choosePrimary(): string | undefined {
    if (this.view.viewnum === 0) return this.oldest(() => true);
    return [this.view.primary, this.view.backup].find((server) => this.isUp(server));
  }

  protected chooseBackup(primary: string): string {
    const { backup } = this.view;
    if (backup !== primary && this.isUp(backup)) return backup;
    return this.oldest((server) => server !== primary && this.isUp(server)) ?? '';
  }

  /**
   * No live server has the data, so nothing moves. But a sole primary that has restarted must not
   * see view 1 again and mistake it for a fresh start: it gets a number that it cannot serve in.
   */
  protected withoutHeir(): Pick<View, 'primary' | 'backup'> | undefined {
    const { primary, backup } = this.view;
    return backup === '' && this.restarted.has(primary) ? { primary, backup } : undefined;
  }

  protected isUp(server: string): boolean {
    return this.silentTicks.has(server) && !this.restarted.has(server);
  }

  protected isMember(server: string): boolean {
    return server === this.view.primary || server === this.view.backup;
  }

  protected oldest(fits: (server: string) => boolean): string | undefined {
    return [...this.silentTicks.keys()].find(fits);
  }
}
