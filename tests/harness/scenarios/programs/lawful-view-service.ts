/**
 * View services that differ from the reference and keep the rules of the lab all the same, as a program:
 * `lawful-view-service.js NAME view SELF`. A scenario that fails one of them accuses the innocent.
 */

import { COMMANDS, REFERENCE, failUsage, run } from '../../../../reference/command.js';
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
    super.ping(ping);
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
    return viewnum === 0 && this.acknowledged && this.isMember(server);
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

const LAWFUL: Readonly<Record<string, typeof ViewService>> = { slow: Slow, hasty: Hasty };

const [name = '', ...args] = process.argv.slice(2);
const view = LAWFUL[name] ?? failUsage(`unknown view service "${name}"`);
run(args, { ...REFERENCE, view }, `usage: lawful-view-service.js NAME ${COMMANDS}`);
