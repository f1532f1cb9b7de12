import { Clerk, mutant, type Task } from '../../mutant.js';

export const newIdPerRetry = mutant({
  name: 'new-id-per-retry',
  thought: 'Every request gets a number of its own.',
  // A retry is a request, too, and the filter takes it for another update.
  caughtBy: ['at-most-once-append'],
  passes: ['single-primary', 'concurrent-appends'],
  clerk: class extends Clerk {
    protected override request({ method, params }: Task): Pick<Task, 'method' | 'params'> {
      if (method === 'kv.get') return { method, params };
      return { method, params: { ...Object(params), ...this.name() } };
    }
  },
});
