import {
  decodeOperation,
  decodeSender,
  isRecord,
  mutant,
  refuse,
  succeed,
  type Reply,
  type UpdateParams,
  type View,
} from '../../mutant.js';
import { ServesDuringTransfer } from './serves-during-transfer.js';

export const replaysWhatItSetAside = mutant({
  name: 'replays-what-it-set-aside',
  thought: 'What I execute during a transfer I set aside, and the backup executes it afterwards.',
  // When a transfer has to be repeated, the second copy has some of that in it already, and the
  // backup executes it once more.
  caughtBy: ['generated-transfer'],
  passes: ['transfer-races-updates', 'transfer-outlasts-pings'],
  server: class extends ServesDuringTransfer {
    private aside: UpdateParams[] = [];

    override handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
      if (method === 'backup.replay') reply(this.onReplay(params));
      else super.handle(method, params, reply);
    }

    protected override enterView(view: View): void {
      this.aside = [];
      super.enterView(view);
    }

    protected override update(update: UpdateParams): string {
      if (this.isTransferring()) this.aside.push(update);
      return super.update(update);
    }

    /** Everything that was set aside goes to the backup before the view is acknowledged. */
    protected override accomplish(): void {
      const [next] = this.aside;
      if (this.view.backup === '' || next === undefined) return super.accomplish();
      this.callBackup('backup.replay', { operation: next }, (answer) => {
        if (answer.kind === 'result') this.aside.shift();
        this.onTransferAnswer(answer);
      });
    }

    private onReplay(params: unknown): Reply {
      const sender = decodeSender(params);
      const operation = isRecord(params) ? decodeOperation(params['operation']) : undefined;
      if (!sender || !operation || operation.op === 'get') return refuse('bad-params');
      const refusal = this.refusePeer(sender) ?? (this.initialised ? undefined : 'not-ready');
      if (refusal) return refuse(refusal);
      this.update(operation);
      return succeed({});
    }
  },
});
