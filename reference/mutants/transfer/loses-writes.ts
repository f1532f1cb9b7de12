import { Server, type Mutant, type UpdateParams, type View } from '../../mutant.js';

export const losesWrites: Mutant = {
  name: 'loses-writes',
  thought: 'I have run it ten times and it was always green.',
  // A dial for checking the statistics rather than a mistake of its own: at each promotion, with
  // probability `rate`, the key written last is forgotten.
  options: { rate: 0.05 },
  caughtBy: ['primary-failure'],
  passes: ['single-primary', 'at-most-once-append'],
  replaces: 'server',
  parts: ({ rate, random }) => ({
    server: class extends Server {
      private lastKey: string | undefined;

      protected override update(update: UpdateParams): string {
        this.lastKey = update.key;
        return super.update(update);
      }

      protected override enterView(view: View): void {
        const promoted = this.view.backup === this.self && view.primary === this.self;
        if (promoted && this.initialised && random() < rate) this.forgetOne();
        super.enterView(view);
      }

      /** What came with the transfer has no order of writing; then the newest key is forgotten. */
      private forgetOne(): void {
        const key = this.lastKey ?? [...this.store.keys()].at(-1);
        if (key !== undefined) this.store.delete(key);
      }
    },
  }),
};
