/** What counts as results where they come from a file. Fields that it does not know are kept. */

import { z } from 'zod';
import { STORED_POLICY } from '../rubric/policies/policy-schema.js';
import { MACHINE } from '../measured/grading-machine.js';
import { RESULTS_FORMAT, type Results } from './results.js';

const count = z.int().min(0);
const amount = z.number().min(0);
const share = z.number().min(0).max(1);
const text = z.string().min(1);

const FAILURE_RATE = z.looseObject({
  estimate: share.nullable(),
  low: share,
  high: share,
  confidence: share,
  method: z.enum(['clopper-pearson', 'anytime-valid']),
});

const FAILURE_CLASS = z.enum(['safety', 'liveness', 'crash', 'protocol', 'cost', 'build']);

const SIGNATURE = z.looseObject({
  signature: text,
  class: FAILURE_CLASS,
  count,
  exampleRun: text,
  seed: text,
  reason: z.string(),
  artifacts: text.exactOptional(),
  again: z.looseObject({ failed: count, usable: count }).exactOptional(),
});

const PASSING_EXAMPLE = z.looseObject({ run: text, artifacts: text });

const STOPPED = z.looseObject({
  decision: z.enum(['acceptable', 'unacceptable', 'undecided']),
  after: count,
  surplus: count,
});

const RACES = z.looseObject({
  runs: count,
  kinds: z.array(
    z.looseObject({ signature: text, runs: count, exampleRun: text, report: text.exactOptional() }),
  ),
});

const SPREAD = z.looseObject({ mean: amount, median: amount });

const RUN_COUNTS = {
  planned: count,
  runs: count,
  passed: count,
  failed: count,
  unknown: count,
  failureRate: FAILURE_RATE,
};

const TALLY = z
  .looseObject({
    scenario: text,
    ...RUN_COUNTS,
    word: z.enum(['solid', 'flaky', 'broken', 'undecided']),
    signatures: z.array(SIGNATURE),
    unknownCauses: z.looseObject({
      disturbed: count.exactOptional(),
      'fault-never-bit': count.exactOptional(),
      'held-by-kit': count.exactOptional(),
      'delayed-to-death': count.exactOptional(),
      'budget-exhausted': count.exactOptional(),
      'kit-broke': count.exactOptional(),
    }),
    races: RACES.exactOptional(),
    stopped: STOPPED.exactOptional(),
    passingExample: PASSING_EXAMPLE.exactOptional(),
    rulesOut: share.exactOptional(),
    durationMs: SPREAD.exactOptional(),
    cpuMs: SPREAD.exactOptional(),
  })
  .refine(({ runs, passed, failed, unknown }) => runs === passed + failed + unknown, {
    path: ['runs'],
    message: 'the sum of passed, failed and unknown',
  });

const GROUP = z.looseObject({
  id: text,
  class: FAILURE_CLASS,
  title: z.string(),
  signatures: z.array(text),
  scenarios: z.array(text),
  submissions: z.array(z.looseObject({ name: text, failures: count, scenarios: z.array(text) })),
  failures: count,
  exampleRun: text,
  says: z.string(),
  artifacts: text.exactOptional(),
  rule: z.string().exactOptional(),
  comment: z.string(),
});

const SCENARIO_GRADE = z.looseObject({
  scenario: text,
  points: amount,
  maxPoints: amount,
  status: z.enum(['full', 'partial', 'none', 'review']),
  hidden: z.boolean(),
  rule: z.string(),
  chargedIn: text.exactOptional(),
  otherEndPoints: amount.exactOptional(),
  pointsIfLeftOut: amount.exactOptional(),
});

const GRADE = z.looseObject({
  points: amount,
  maxPoints: amount,
  parts: z.array(
    z.looseObject({
      name: text,
      points: amount,
      maxPoints: amount,
      scenarios: z.array(SCENARIO_GRADE),
    }),
  ),
});

const RUBRIC = z.looseObject({
  title: text,
  confidence: share,
  gradedEnd: z.enum(['low', 'high']),
  straddle: z.enum(['keep', 'review']),
  // `full` in results of earlier kits, where it left the decision to staff as well.
  unjudged: z
    .enum(['full', 'none', 'review'])
    .transform((word) => (word === 'full' ? 'review' : word)),
  chargeOnce: z.array(text),
  runs: z.int().min(1).exactOptional(),
  stopping: z
    .looseObject({ acceptable: share, unacceptable: share, falseAlarm: share, miss: share })
    .exactOptional(),
  parts: z.array(
    z.looseObject({
      name: text,
      scenarios: z.array(
        z.looseObject({
          scenario: text,
          points: amount,
          policy: STORED_POLICY,
          hidden: z.boolean(),
        }),
      ),
    }),
  ),
});

const CONTROL = z.looseObject({
  oneIn: z.int().min(1),
  ...RUN_COUNTS,
  failures: z.array(SIGNATURE.extend({ scenario: text })),
  passingExamples: z.array(PASSING_EXAMPLE.extend({ scenario: text })).exactOptional(),
  safe: z.boolean(),
});

const PROVENANCE = z.looseObject({
  kit: text,
  plannedAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  seed: text,
  scenarios: z.record(z.string(), text),
  machine: MACHINE,
  load: z.looseObject({
    disturbedAttempts: count,
    attempts: count,
    lagMs: z.looseObject({ median: amount, p99: amount, worst: amount }).exactOptional(),
  }),
  regrades: z.array(z.looseObject({ at: z.iso.datetime(), kit: text })).exactOptional(),
});

const COVERAGE = z
  .looseObject({ runs: z.int().min(1), met: count, situations: count })
  .refine(({ met, situations }) => met <= situations, {
    path: ['met'],
    message: 'at most all situations',
  });

const STUDENT = z.looseObject({
  name: text,
  id: text,
  email: text.exactOptional(),
  other: z.record(z.string(), z.string()).exactOptional(),
});

const STATUS = z.looseObject({
  kind: z.enum(['not-understood', 'not-built', 'not-started']),
  printed: text.exactOptional(),
  artifacts: text.exactOptional(),
});

const SUBMISSION_FIELDS = z.looseObject({
  name: text.regex(/^[^/.][^/]*$/, 'a name without a slash or a leading dot'),
  spec: text,
  digest: z.string(),
  note: text.exactOptional(),
  students: z.array(STUDENT).min(1).exactOptional(),
  /** Of kits that knew one student for each submission. */
  student: STUDENT.exactOptional(),
  ungradable: text.exactOptional(),
  status: STATUS.exactOptional(),
  leftOut: z.array(text).exactOptional(),
  tallies: z.array(TALLY),
  grade: GRADE.exactOptional(),
  groups: z.array(GROUP).exactOptional(),
  identicalTo: z.array(text).exactOptional(),
  outOfTime: z.looseObject({ budgetMs: amount, spentMs: amount, undone: count }).exactOptional(),
  suspicions: z.array(z.string()).exactOptional(),
});

const SUBMISSION = SUBMISSION_FIELDS.transform(({ student, ...rest }) => ({
  ...(student === undefined ? {} : { students: [student] }),
  ...rest,
}));

export const RESULTS = z.looseObject({
  format: z.literal(RESULTS_FORMAT),
  kit: text,
  createdAt: z.iso.datetime(),
  seed: text,
  runsPerScenario: z.int().min(1),
  machine: MACHINE,
  submissions: z
    .array(SUBMISSION)
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'distinct names'),
  control: CONTROL.exactOptional(),
  rubric: RUBRIC.exactOptional(),
  groups: z.array(GROUP).exactOptional(),
  provenance: PROVENANCE.exactOptional(),
  coverage: COVERAGE.exactOptional(),
  missing: z.array(STUDENT).exactOptional(),
  journalDamage: z
    .looseObject({ lines: z.int().min(1), first: z.array(z.int().min(1)).min(1) })
    .exactOptional(),
}) satisfies z.ZodType<Results>;
