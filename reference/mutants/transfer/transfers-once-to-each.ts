import { mutant, Server, type Answer } from '../../mutant.js';

export const transfersOnceToEach = mutant({
  name: 'transfers-once-to-each',
  thought: 'I have sent everything to that server already, and since then it got every update.',
  // Unless it has died and come back under its name, without its memory.
  caughtBy: ['backup-dies-during-transfer'],
  passes: ['primary-failure', 'transfer-cut-off'],
  server: class extends Server {
    private readonly sentTo = new Set<string>();

    protected override prepareBackup(): void {
      if (this.initialised && this.sentTo.has(this.view.backup)) this.accomplish();
      else super.prepareBackup();
    }

    protected override onTransferAnswer(answer: Answer): void {
      if (answer.kind === 'result') this.sentTo.add(this.view.backup);
      super.onTransferAnswer(answer);
    }
  },
});
