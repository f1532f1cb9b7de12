import { Clerk, mutant, type Task } from '../../mutant.js';

export const sendsReadsToBackup = mutant({
  name: 'sends-reads-to-backup',
  thought: 'The backup has all the data, so it can take the reads.',
  // The backup rightly refuses, however often it is asked.
  caughtBy: ['add-a-backup'],
  passes: ['single-primary', 'at-most-once-append'],
  clerk: class extends Clerk {
    protected override addressee(task: Task): string {
      const { primary, backup } = this.view;
      return task.method === 'kv.get' && backup !== '' ? backup : primary;
    }
  },
});
