/**
 * View services that differ from the reference and keep the rules of the lab all the same. A scenario that
 * fails one of them accuses the innocent.
 */

import type { PingParams, View } from '../../../../reference/protocol.js';
import { ViewService } from '../../../../reference/view-service.js';

type Members = Pick<View, 'primary' | 'backup'>;

/**
 * Slow in everything: changes views only at its ticks, answers a ping with the view from before it, gives a
 * silent server two intervals more, removes a dead backup before it looks for another.
 */
class Slow extends ViewService {
  private ticking = false;

  override tick(): void {
    this.ticking = true;
    super.tick();
    this.ticking = false;
  }

  protected override advance(): void {
    if (this.ticking) super.advance();
  }

  protected override ping(ping: PingParams): View {
    const before = this.view;
    const restarted = this.acknowledged ? [...this.restarted] : [];
    super.ping(ping);
    // A ping with the number may follow that with 0 before the tick, which must still know of the restart.
    for (const server of restarted) this.restarted.add(server);
    return before;
  }

  protected override isDead(silentTicks: number): boolean {
    return silentTicks >= this.deadPings + 2;
  }

  protected override chooseBackup(primary: string): string {
    const { backup } = this.view;
    const isLost = primary === this.view.primary && backup !== '' && !this.isUp(backup);
    return isLost ? '' : super.chooseBackup(primary);
  }
}

/**
 * Hasty in everything: takes each ping of a member with 0 for a restart, told or not; gives a restarted
 * primary the empty place in the change that deposes it; takes the newest idle server; and when nobody is
 * left who has the data, goes on to a view without members.
 */
class Hasty extends ViewService {
  protected override isRestart(server: string, viewnum: number): boolean {
    const nothingToLose = this.view.viewnum === 1 && !this.acknowledged;
    return viewnum === 0 && this.isMember(server) && !nothingToLose;
  }

  protected override chooseBackup(primary: string): string {
    const { backup } = this.view;
    if (backup !== primary && this.isUp(backup)) return backup;
    const mayJoin = (server: string) => server !== primary && server !== backup;
    return [...this.silentTicks.keys()].findLast(mayJoin) ?? '';
  }

  protected override withoutHeir(): Members | undefined {
    return this.view.primary === '' ? undefined : { primary: '', backup: '' };
  }
}

/** By name. */
export const LAWFUL: Readonly<Record<string, typeof ViewService>> = { slow: Slow, hasty: Hasty };
