/** The kit's own programs are the same in the virtual world whether they have processes or not, event by event. */

import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { restore, spy } from 'sinon';
import { findScenario } from '../../../../harness/scenarios/registry.js';
import { resolveSubmission } from '../../../../harness/submission/submission.js';
import { runOnceAsTest } from '../../../support/runs.js';
import { InnerMachine } from '../../../../harness/virtual/inner/inner-machine.js';
import { useSession } from '../../../support/session.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';

describe('a run without processes', () => {
  afterEach(() => restore());

  const session = useSession();
  const place = useTemporaryDirectory();

  const cases: readonly [string, string][] = [
    ['reference', 'concurrent-puts-unreliable'],
    ['reference', 'sole-server-restarted'],
    ['reference', 'frozen-backup'],
    ['mutant:forward-result-ignored', 'backup-dies-mid-forward'],
    ['mutant:answers-one-by-one', 'view-many-clients'],
    ['variant:one-connection-kept+transfer-in-pieces', 'generated-links'],
  ];
  for (const [spec, id] of cases) {
    it(`is the same as with them: ${spec} in ${id}`, async () => {
      const resolved = await resolveSubmission(spec);
      const scenario = findScenario(id);
      if (resolved.kind !== 'ready' || scenario === undefined) throw new Error('there is none');
      const { isOfKit, ...outside } = resolved.submission;
      expect(isOfKit).to.equal(true);
      const started = spy(InnerMachine.prototype, 'start');
      const play = async (name: string, submission: typeof resolved.submission) => {
        started.resetHistory();
        const evidence = { root: place(), path: name, passing: true };
        const request = { submission, scenario, seed: 's', world: 'virtual' as const, evidence };
        const { trace } = await runOnceAsTest(request, session());
        const events = readFileSync(join(place(), name, 'events.jsonl'), 'utf8');
        return { events, trace, isInside: started.callCount > 0 };
      };
      const inside = await play('inside', resolved.submission);
      expect(inside.isInside).to.equal(true);
      expect(await play('outside', outside)).to.deep.equal({ ...inside, isInside: false });
    });
  }
});
