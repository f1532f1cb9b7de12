import { expect } from 'chai';
import { z } from 'zod';
import { groupFailures } from '../../../../grader/results/failure-groups/group-failures.js';
import type { FailureGroup } from '../../../../grader/results/failure-groups/group.js';
import type { SubmissionGrade } from '../../../../grader/rubric/grade.js';
import { CLASS_ORDER } from '../../../../harness/index.js';
import { readData } from '../../../support/data.js';
import { submissionsThatFail, type MadeUpFailure } from './failures.js';

const LOST = 'kv-latest / lost-acknowledged-write / get';
const STORY = 'forward-lost-then-failover';

/** A write that was lost, as the checker would say it. */
function lost(submission: string, changes: Partial<MadeUpFailure> = {}): MadeUpFailure {
  return {
    submission,
    scenario: STORY,
    signature: `${LOST} / after killed`,
    reason: `c1 read ${submission} = "" at 9 ms, but c1's put of "1" had been acknowledged at 8 ms.`,
    ...changes,
  };
}

function groupsOf(failures: readonly MadeUpFailure[]): FailureGroup[] {
  return groupFailures(submissionsThatFail(failures)).groups;
}

/** The only one of a list. */
function only<T>(items: readonly T[] | undefined): T {
  const [item, ...others] = items ?? [];
  if (item === undefined || others.length > 0) expect.fail(`${items?.length} in place of one`);
  return item;
}

/** One for each failure that was recorded in gradings of mutants; more than three runs of it tell nothing new. */
const RECORDED = readData('failures', 'mutants.jsonl')
  .trimEnd()
  .split('\n')
  .map((line) =>
    z
      .strictObject({
        submission: z.string(),
        scenario: z.string(),
        class: z.enum(CLASS_ORDER),
        signature: z.string(),
        count: z.number(),
        reason: z.string(),
      })
      .parse(JSON.parse(line)),
  )
  .map((one) => ({ ...one, count: Math.min(one.count, 3) }));

describe('groups of failures', () => {
  it('tell of 41 students with one mistake once, whatever their keys and times', () => {
    const students = Array.from({ length: 41 }, (_, index) =>
      lost(`student-${index}`, {
        count: 1 + (index % 2),
        // Half of them lost it after another fault, which makes another signature of the same words.
        signature: `${LOST} / after ${index % 3 === 0 ? 'killed' : 'drop-request'}`,
        reason: `c${index} read key-${index} = "x ${index} y" at ${index * 7} ms, but c2's put of "v${index}" had been acknowledged at ${index}.5 ms.`,
      }),
    );
    const group = only(groupsOf(students));
    expect(group.submissions).to.have.lengthOf(41);
    expect(group).to.deep.include({
      title: 'acknowledged write lost when the forward fails',
      failures: 61,
      scenarios: [STORY],
      id: `${LOST} / after drop-request`,
      signatures: [`${LOST} / after drop-request`, `${LOST} / after killed`],
    });
  });

  it('tell first of a mistake that hid what scenarios test, whatever was done before it', () => {
    const RULE = 'view-acknowledged / view-left-unacknowledged';
    const left = (scenario: string, signature: string, besides?: MadeUpFailure['besides']) =>
      lost('alice', { scenario, signature, besides, reason: `In ${scenario} it left view 2.` });
    const groups = groupsOf([
      ...['chaos', 'repeated-crash', 'frozen-backup', 'frozen-primary'].map((scenario) =>
        lost('alice', { scenario }),
      ),
      left('primary-failure', `${RULE} / after killed`, { verdict: 'pass', reason: 'Fine.' }),
      left('transfer-large', RULE, {
        verdict: 'fail',
        class: 'liveness',
        signature: 'kv-transfer / operation-timed-out',
        reason: 'Late.',
      }),
      left('view-waits-for-acknowledgement', RULE),
    ]);
    expect(groups.map(({ failures }) => failures)).to.deep.equal([3, 4]);
    expect(groups[0]).to.deep.include({
      title: 'view left before its primary had acknowledged it',
      says: 'In primary-failure it left view 2.',
      besides: { passed: 1, failed: 1, unknown: 0, failing: ['transfer-large'] },
    });
  });

  it('put one signature together in whatever scenarios, and count its runs', () => {
    const group = only(
      groupsOf([
        lost('alice', { scenario: 'chaos', reason: 'One thing.' }),
        lost('alice', { scenario: 'repeated-crash', reason: 'Another.', count: 3 }),
        lost('bob', { scenario: 'chaos', reason: 'A third.', count: 2 }),
      ]),
    );
    expect(group).to.deep.include({
      title: 'acknowledged write lost after a process was killed',
      failures: 6,
      scenarios: ['chaos', 'repeated-crash'],
      submissions: [
        { name: 'alice', failures: 4, scenarios: ['repeated-crash', 'chaos'] },
        { name: 'bob', failures: 2, scenarios: ['chaos'] },
      ],
    });
  });

  it('keep apart what differs in its class or in what was seen, though the words are the same', () => {
    const reason = 'c1 read k = "" at 9 ms, but a write had been acknowledged.';
    const groups = groupsOf([
      lost('alice', { reason }),
      lost('alice', { reason, signature: 'kv-latest / stale-read / get' }),
      lost('alice', { reason, class: 'liveness' }),
    ]);
    expect(groups).to.have.lengthOf(3);
  });

  it('come sorted: those that most submissions have first, then those of the most runs', () => {
    const groups = groupsOf([
      lost('alice', { signature: 'a / frequent', reason: 'It is frequent.', count: 9 }),
      lost('alice', { signature: 'b / common', reason: 'It is common.' }),
      lost('bob', { signature: 'b / common', reason: 'It is common.' }),
      lost('bob', { signature: 'c / rare', reason: 'It is rare.' }),
    ]);
    expect(groups.map(({ id }) => id)).to.deep.equal(['b / common', 'a / frequent', 'c / rare']);
  });

  it('of a submission are its own, and each is part of one across all', () => {
    const submissions = submissionsThatFail(RECORDED);
    const { groups, bySubmission } = groupFailures(submissions);
    for (const submission of submissions) {
      const own = bySubmission.get(submission.name) ?? [];
      expect(own).to.deep.equal(groupFailures([submission]).groups);
      for (const { id, signatures, submissions: owners } of own) {
        expect(owners.map(({ name }) => name)).to.deep.equal([submission.name]);
        const whole = only(groups.filter((one) => one.signatures.includes(id)));
        expect(whole.signatures).to.include.members(signatures);
      }
    }
  });

  it('of a submission are apart where the mistake hid something only for another', () => {
    const RULE = 'view-acknowledged / view-left-unacknowledged';
    const left = (submission: string, scenario: string, after: string) =>
      lost(submission, { scenario, signature: `${RULE}${after}`, reason: `Left in ${scenario}.` });
    const submissions = submissionsThatFail([
      { ...left('alice', 'chaos', ''), besides: { verdict: 'pass', reason: 'Fine.' } },
      left('alice', 'primary-failure', ' / after killed'),
      left('bob', 'chaos', ''),
      left('bob', 'primary-failure', ' / after killed'),
    ]);
    const { groups, bySubmission } = groupFailures(submissions);
    expect(groups).to.have.lengthOf(1);
    expect(bySubmission.get('alice')).to.have.lengthOf(1);
    expect(bySubmission.get('bob')).to.have.lengthOf(2);
  });

  it('count every failure of the mutants once, and name all of them in words', () => {
    const { groups } = groupFailures(submissionsThatFail(RECORDED));
    const runs = RECORDED.reduce((sum, { count }) => sum + count, 0);
    expect(groups.reduce((sum, { failures }) => sum + failures, 0)).to.equal(runs);
    expect(groups.length).to.be.below(RECORDED.length / 2);
    for (const { title } of groups) expect(title).not.to.contain(' / ');
    const story = groups.find(({ submissions }) =>
      submissions.some(({ name }) => name === 'mutant-forward-result-ignored'),
    );
    expect(story).to.include({ title: 'acknowledged write lost', class: 'safety' });
  });

  it('show the first run that kept its evidence, else the first', () => {
    const first = lost('alice');
    const kept = lost('bob', { artifacts: 'evidence/bob/7', reason: 'Kept.' });
    expect(
      only(groupsOf([first, kept, lost('carol', { artifacts: 'evidence/carol/1' })])),
    ).to.include({
      exampleRun: `bob/${STORY}/0`,
      artifacts: 'evidence/bob/7',
      says: 'Kept.',
    });
    expect(only(groupsOf([first])).exampleRun).to.equal(`alice/${STORY}/0`);
  });

  it('are found in 200 submissions with 40 scenarios each', () => {
    const scenarios = Array.from({ length: 40 }, (_, index) => `scenario-${index}`);
    const submissions = submissionsThatFail(RECORDED.slice(0, 1));
    const [model] = submissions;
    const [tally] = model?.tallies ?? [];
    const [signature] = tally?.signatures ?? [];
    if (model === undefined || tally === undefined || signature === undefined) return expect.fail();
    const grown = Array.from({ length: 200 }, (_, student) => ({
      ...model,
      name: `student-${student}`,
      tallies: scenarios.map((scenario, index) => ({
        ...tally,
        scenario,
        signatures: [
          {
            ...signature,
            signature: `${LOST} / after fault-${student % 7} ${(student + index) % 3}`,
            reason: `c1 read k${student} = "x ${index} y" at ${student} ms, kind ${'abc'[(student + index) % 3]}.`,
          },
        ],
      })),
    }));
    const { groups, bySubmission } = groupFailures(grown);
    expect(groups).to.have.lengthOf(3);
    expect(bySubmission.size).to.equal(200);
  });
});

describe('the comment on a group', () => {
  it('says what was seen, the rule, where to look, and how to see it again', () => {
    const { comment } = only(groupsOf([lost('alice'), lost('bob')]));
    expect(comment).to.match(
      /^Acknowledged write lost when the forward fails\. For example: c1 read alice = .* at 8 ms\. The lab asks: A Get returns .* Follow one write .*\? Seen in forward-lost-then-failover\. To see it again: \S.* replay forward-lost-then-failover@[0-9a-f]+ --submission DIR -k 20$/,
    );
  });

  it('quotes to others nothing that a program of one student has printed', () => {
    const crash = (submission: string): MadeUpFailure => ({
      submission,
      scenario: 'chaos',
      class: 'crash',
      signature: 'kit-process / exited / exit code 1',
      reason: `pb1 ended by itself with exit code 1; its last words: "secret of ${submission}"`,
    });
    expect(only(groupsOf([crash('alice'), crash('bob')])).comment).not.to.contain('secret');
    expect(only(groupsOf([crash('alice')])).comment).to.contain('secret of alice".');
  });

  it('does not name a hidden scenario', () => {
    const submissions = submissionsThatFail([
      lost('alice', { scenario: 'hidden-one', artifacts: 'evidence/hidden', count: 5 }),
      lost('alice', {
        scenario: 'chaos',
        signature: `${LOST} / after cut`,
        reason: 'Seen in chaos.',
      }),
      lost('alice', { scenario: 'chaos' }),
    ]);
    const grade: SubmissionGrade = {
      points: 0,
      maxPoints: 1,
      parts: [
        {
          name: 'all',
          points: 0,
          maxPoints: 1,
          scenarios: [
            {
              scenario: 'hidden-one',
              points: 0,
              maxPoints: 1,
              status: 'none',
              hidden: true,
              rule: 'all or nothing',
            },
          ],
        },
      ],
    };
    const { groups } = groupFailures(submissions.map((one) => ({ ...one, grade })));
    expect(groups.flatMap(({ scenarios }) => scenarios)).to.include('hidden-one');
    for (const { comment } of groups) expect(comment).not.to.contain('hidden');
  });

  it('and the title are single lines that command no terminal, however hostile the text', () => {
    const group = only(
      groupsOf([
        {
          submission: 'alice',
          scenario: 'chaos',
          signature: 'constructor / __proto__ / \u001b[2Jpanic in\n\u202Emain / after toString',
          reason: '\u001b]0;title\u0007\r\nIt ended.\u009b1A',
        },
      ]),
    );
    for (const text of [group.title, group.comment])
      expect(text).not.to.match(/\p{Cc}|\p{Bidi_Control}/u);
    expect(group.title).to.equal('constructor / __proto__ / panic in main / after toString');
  });
});
