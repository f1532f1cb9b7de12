/**
 * The backup fetches the state: it asks its primary for everything, installs it, and says so. Until it has
 * said so the primary neither acknowledges the view nor executes anything in it.
 */

import { refuse, succeed, type Reply } from '../machine.js';
import { isCount, isRecord } from '../protocol.js';
import type { View } from '../protocol.js';
import { decodeSnapshot } from '../replica.js';
import type { Server } from '../server.js';
import type { Variant } from '../variant.js';

export const backupPullsState: Variant = {
  name: 'backup-pulls-state',
  differs:
    'A new backup asks its primary for the database and the duplicate filter, and says when it has them.',
  allowed:
    'Part B, backups: the primary sends its whole database and the filter; who asks for that is left open.',
  settles: 'how the state reaches a backup',
  parts: ({ server }) => ({ server: answering(pulling(server)) }),
};

/** What a backup says of itself when it asks its primary. */
interface FromBackup {
  view: number;
  backup: string;
}

/** The side of the backup: it asks for the state, and says when it has it. */
function pulling(Base: typeof Server): typeof Server {
  return class extends Base {
    /** Whether the primary of this view knows that this backup holds everything. */
    private primaryKnows = false;

    override tick(): void {
      super.tick();
      this.pull();
    }

    protected override enterView(view: View): void {
      this.primaryKnows = false;
      super.enterView(view);
      this.pull();
    }

    /** Makes the next of the two calls, unless one is under way or both are done. */
    private pull(): void {
      if (this.view.backup !== this.self || this.primaryKnows || this.underWay) return;
      const sender: FromBackup = { view: this.view.viewnum, backup: this.self };
      const method = this.initialised ? 'primary.installed' : 'primary.state';
      this.underWay = this.network.call(this.view.primary, method, sender, (answer) => {
        this.underWay = undefined;
        if (answer.kind !== 'result') return;
        if (this.initialised) this.primaryKnows = true;
        else this.onState(answer.result);
      });
    }

    private onState(result: unknown): void {
      const state = decodeSnapshot(result);
      if (state === undefined) return;
      this.install(state);
      this.initialised = true;
      this.pull();
    }
  };
}

/** The side of the primary: it answers its backup, and does not send the state by itself. */
function answering(Base: typeof Server): typeof Server {
  return class extends Base {
    override handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
      if (method !== 'primary.state' && method !== 'primary.installed') {
        return super.handle(method, params, reply);
      }
      const sender = decodeBackup(params);
      if (sender === undefined) return reply(refuse('bad-params'));
      if (!this.isMyBackup(sender)) return reply(refuse('not-primary'));
      reply(method === 'primary.state' ? this.onStateAsked() : this.onInstalled());
    }

    /** The primary waits until its backup comes. */
    protected override prepareBackup(): void {
      if (this.view.backup === '') super.prepareBackup();
    }

    private isMyBackup({ view, backup }: FromBackup): boolean {
      if (view > this.view.viewnum) this.ping();
      const isOurs = view === this.view.viewnum && backup === this.view.backup;
      return isOurs && this.isPrimary() && this.initialised;
    }

    /** Once the view is accomplished only a backup that has lost its memory asks, and it must leave the view. */
    private onStateAsked(): Reply {
      const isTooLate = this.accomplished === this.view.viewnum;
      return isTooLate ? refuse('not-ready') : succeed(this.snapshot());
    }

    private onInstalled(): Reply {
      if (this.accomplished !== this.view.viewnum) this.accomplish();
      return succeed({});
    }
  };
}

function decodeBackup(params: unknown): FromBackup | undefined {
  if (!isRecord(params)) return undefined;
  const { view, backup } = params;
  return isCount(view) && typeof backup === 'string' ? { view, backup } : undefined;
}
