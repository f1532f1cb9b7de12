import { expect } from 'chai';
import { keepStartable, refuseLacking } from '../../../../grader/plan/find/lacking-programs.js';
import { SCENARIOS, UnfitSubmission, type ResolvedSubmission } from '../../../../harness/index.js';
import { parseManifest } from '../../../../harness/submission/manifest.js';

/** A submission whose manifest has these commands. */
function submissionWith(...roles: readonly string[]): ResolvedSubmission {
  const commands = roles.map((role) => `${role}: x`).join(', ');
  const text = `preset: process\nrun: {${commands}}\nprotocol: pblab/1\n`;
  const manifest = parseManifest(text, 'pblab.yaml');
  if (manifest.preset !== 'process') expect.fail('it is that of a Go lab');
  const submission = { name: 'mine', spec: '/mine', digest: '0', root: '/mine', manifest };
  return { kind: 'ready', submission };
}

const [PART_A, PART_B] = ['view-zero', 'single-primary'] as const;

const ALL = SCENARIOS.map(({ id }) => id);
const namesNone = (text: string) => ALL.every((id) => !text.includes(id));

describe('a submission whose manifest lacks programs', () => {
  it('is refused where a scenario starts one, and the programs are named', () => {
    const refuse =
      (ids: readonly string[], ...roles: string[]) =>
      () =>
        refuseLacking(submissionWith(...roles), ids);
    expect(refuse([PART_A, PART_B], 'view')).to.throw(
      UnfitSubmission,
      'the manifest has no run.server and no run.clerk: expected a command for each, since scenarios of the key/value service start servers and clerks; add it to pblab.yaml',
    );
    expect(refuse([PART_B], 'view', 'server')).to.throw('the manifest has no run.clerk: expected');
    expect(refuse([PART_B], 'view', 'server', 'clerk')).to.not.throw();
    expect(refuse([PART_A], 'view')).to.not.throw();
  });

  it('is refused without the name of a scenario, and a class gets no advice to choose others', () => {
    const refuse = () => refuseLacking(submissionWith('view'), ALL);
    expect(refuse).to.throw(UnfitSubmission).with.property('message').that.satisfies(namesNone);
    expect(refuse).to.throw().with.property('message').that.does.not.contain('-s ');
    const own = () => keepStartable([PART_B], [submissionWith('view')]);
    expect(own).to.throw().with.property('message').that.satisfies(namesNone);
    expect(own).to.throw("-s 'view-*'");
  });

  it('may be tested with the scenarios that it can play', () => {
    expect(keepStartable([PART_A, PART_B], [submissionWith('view')])).to.deep.equal([PART_A]);
    const whole = submissionWith('view', 'server', 'clerk');
    expect(keepStartable([PART_A, PART_B], [whole])).to.deep.equal([PART_A, PART_B]);
    expect(() => keepStartable([PART_B], [submissionWith('view')])).to.throw(UnfitSubmission);
  });
});
