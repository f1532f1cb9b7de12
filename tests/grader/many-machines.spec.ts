import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { readPlan } from '../../grader/plan/plan-file.js';
import { codeBlocks } from '../support-docs.js';
import { atWorkplace, CLI, PATIENCE_MS, QUITS, type Ending, type Workplace } from './cli.js';
import { ROOT } from './support.js';

const PAGE = readFileSync(join(ROOT, 'grader/campaign/many-machines.md'), 'utf8');
const SCRIPTS = codeBlocks(PAGE, 'bash');

/** The script of the page that calls itself so in its first comment. */
function script(name: string): string {
  return SCRIPTS.find((one) => one.includes(`\n# ${name}`)) ?? expect.fail(`no ${name}`);
}

/** The object of YAML whose text contains these words. */
function document(words: string): unknown {
  const text = codeBlocks(PAGE, 'yaml').find((one) => one.includes(words));
  return parse(text ?? expect.fail(`no ${words}`));
}

const RUBRIC = `title: Lab 2
runs: 2
policy: { kind: all-or-nothing, atMost: 5 % }
parts:
  - name: Part A
    points: 8
    scenarios: [view-zero, single-primary]
`;

/** A course with one submission, `pblab` on the PATH, and an `ssh` that notes the host and runs its words here. */
function openCourse(place: Workplace): void {
  const bin = join(place.folder, 'bin');
  mkdirSync(bin);
  mkdirSync(join(place.folder, 'submissions'));
  place.submission('submissions/dies', QUITS);
  const programs = {
    pblab: `#!/bin/sh\nexec ${process.execPath} ${CLI} "$@"\n`,
    ssh: `#!/bin/sh\necho "$2" >> ${place.folder}/asked.txt\ncd /\nexec sh -c "$3"\n`,
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  place.env['PATH'] = `${bin}:${process.env['PATH'] ?? ''}`;
  writeFileSync(join(place.folder, 'rubric.yaml'), RUBRIC);
  for (const name of ['shard.sh', 'hosts.sh', 'array.sh']) {
    writeFileSync(join(place.folder, name), script(name));
  }
}

function bash(place: Workplace, command: string): Promise<Ending> {
  return place.startProgram('bash', ['-c', command]).ended;
}

/** Which shard a directory holds, such as `3/16`. */
function shardIn(place: Workplace, directory: string): string {
  const { shard } = readPlan(join(place.folder, directory));
  return shard === undefined ? 'none' : `${shard.index}/${shard.of}`;
}

const JOB = z.object({
  kind: z.literal('Job'),
  spec: z.object({
    completionMode: z.literal('Indexed'),
    completions: z.int(),
    parallelism: z.int(),
    template: z.object({
      spec: z.object({
        restartPolicy: z.enum(['OnFailure', 'Never']),
        containers: z.array(z.looseObject({ command: z.array(z.string()) })).length(1),
      }),
    }),
  }),
});

const STEPS = z.array(
  z.object({
    uses: z.string().optional(),
    run: z.string().optional(),
    with: z.looseObject({ name: z.string().optional(), path: z.string().optional() }).optional(),
  }),
);

const WORKFLOW = z.object({
  on: z.literal('workflow_dispatch'),
  jobs: z.object({
    shard: z.looseObject({
      strategy: z.object({
        'fail-fast': z.literal(false),
        matrix: z.object({ shard: z.array(z.int()) }),
      }),
      steps: STEPS,
    }),
    merge: z.looseObject({ needs: z.literal('shard'), steps: STEPS }),
  }),
});

describe('the recipes for many machines', function () {
  this.timeout(PATIENCE_MS);

  it('are scripts that bash can read', () => {
    expect(SCRIPTS).to.have.length(3);
    for (const text of SCRIPTS) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
      expect(status, stderr).to.equal(0);
      expect(text).to.match(/^#!\/bin\/bash\n/);
    }
  });

  it('grade one shard on each host of a list, and merge them', () =>
    atWorkplace(async (place) => {
      openCourse(place);
      writeFileSync(join(place.folder, 'hosts.txt'), 'ada\nme@grace\n');
      const graded = await bash(place, 'bash hosts.sh');
      expect(graded.code, graded.stderr).to.equal(0);
      expect(place.read('asked.txt').trim().split('\n').toSorted()).to.deep.equal([
        'ada',
        'me@grace',
      ]);
      expect([shardIn(place, 'parts/1'), shardIn(place, 'parts/2')]).to.deep.equal(['1/2', '2/2']);
      const again = await bash(place, 'bash hosts.sh');
      expect(again.code, again.stderr).to.equal(0);
      const [, command = ''] = /`(pblab merge parts\/\* --out grading)`/.exec(PAGE) ?? [];
      const merged = await bash(place, command);
      expect(merged.code, merged.stderr).to.equal(1);
      expect(shardIn(place, 'grading')).to.equal('none');
      expect(place.read('grading/results.json')).to.contain('"points": 0');
    }));

  it('grade one shard in a task of a Slurm array', () =>
    atWorkplace(async (place) => {
      openCourse(place);
      place.env['SLURM_ARRAY_TASK_ID'] = '3';
      place.env['SLURM_SUBMIT_DIR'] = place.folder;
      const { code, stderr } = await bash(place, 'cd / && bash "$SLURM_SUBMIT_DIR/array.sh"');
      expect(code, stderr).to.equal(0);
      expect(shardIn(place, 'parts/3')).to.equal('3/16');
      expect(script('array.sh')).to.contain('#SBATCH --array=1-16\n');
    }));

  it('grade one shard in a pod of a Kubernetes Job, which counts from 0', () =>
    atWorkplace(async (place) => {
      openCourse(place);
      const { spec } = JOB.parse(document('kind: Job'));
      place.env['JOB_COMPLETION_INDEX'] = String(spec.completions - 1);
      const [program = '', ...args] = spec.template.spec.containers[0]?.command ?? [];
      const { code, stderr } = await place.startProgram(program, args).ended;
      expect(code, stderr).to.equal(0);
      expect(shardIn(place, `parts/${spec.completions}`)).to.equal(
        `${spec.completions}/${spec.completions}`,
      );
    }));

  it('grade one shard in a job of GitHub Actions, and merge the artifacts', () =>
    atWorkplace(async (place) => {
      openCourse(place);
      const { jobs } = WORKFLOW.parse(document('workflow_dispatch'));
      const { shard: matrix } = jobs.shard.strategy.matrix;
      const fill = (text: string, shard: number) =>
        text.replaceAll('${{ matrix.shard }}', String(shard));
      const runOf = (steps: z.infer<typeof STEPS>, word: string) =>
        steps.flatMap(({ run = '' }) => (run.includes(word) ? [run] : []))[0] ?? '';
      const graded = await bash(place, fill(runOf(jobs.shard.steps, 'shard.sh'), 8));
      expect(graded.code, graded.stderr).to.equal(0);
      expect(shardIn(place, 'parts/8')).to.equal(`8/${matrix.length}`);
      expect(matrix).to.deep.equal(Array.from(matrix, (_, at) => at + 1));
      const upload = jobs.shard.steps.find(({ uses = '' }) => uses.includes('upload'))?.with;
      expect(fill(upload?.path ?? '', 8)).to.equal('parts/8');

      // The other artifacts are missing, so the step for merging fails as a whole.
      const merged = await bash(place, runOf(jobs.merge.steps, 'merge'));
      expect(merged.code).to.equal(1);
      expect(merged.stderr).to.match(/shards are missing: got 1 of 8, expected also 1\/8, 2\/8/);
    }));
});
