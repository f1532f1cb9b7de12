/**
 * The reporter of `npm test`: mocha's own, and at its end a line `N passed, N failed, N skipped`, which
 * programs that count tests understand.
 */

import Mocha from 'mocha';

class SummaryReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      Mocha.reporters.Base.consoleLog(`${passes} passed, ${failures} failed, ${pending} skipped`);
    });
  }
}

// Mocha gets its reporters by `require`, which takes this export for the whole module.
export { SummaryReporter as 'module.exports' };
