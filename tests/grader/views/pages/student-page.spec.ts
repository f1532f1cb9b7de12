import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { RunRecord } from '../../../../harness/index.js';
import type { ControlArm } from '../../../../grader/tally/control-arm.js';
import { makeStudentPage } from '../../../../grader/views/pages/student-model.js';
import { renderStudentPage } from '../../../../grader/views/pages/student-page.js';
import { plannedRuns } from '../../../../grader/plan/plan.js';
import { redactFor } from '../../../../grader/results/redaction.js';
import { type Results } from '../../../../grader/results/results.js';
import { buildResults } from '../../../../grader/results/build-results.js';
import { useChromium } from '../../../support/chromium.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';
import { gradedResults } from '../outputs/made-up-results.js';
import { planOf } from '../../support.js';
import { keepFailures, keepPass, SCENARIO } from './lost-write.js';

const HOSTILE = '</script><img src=x onerror="window.stolen = 1">';
const MACHINE = { cpus: 2, node: 'v20.0.0', platform: 'linux-x64' };

describe('a student page', function () {
  this.timeout(60_000);
  const directory = useTemporaryDirectory();
  const openPage = useChromium();

  /** Of alice, whose runs of one scenario all fail. */
  function results(options?: Parameters<typeof keepFailures>[2]): Results {
    const plan = planOf(['alice'], [SCENARIO], 3);
    return resultsOf(plan, keepFailures(directory(), plan, options));
  }

  function resultsOf(plan: ReturnType<typeof planOf>, records: readonly RunRecord[]): Results {
    return buildResults(plan, records, { createdAt: '2026-01-02T03:04:05.000Z', machine: MACHINE });
  }

  function write(of: Results): string {
    const file = join(directory(), 'alice.html');
    writeFileSync(file, renderStudentPage(makeStudentPage(redactFor(of, 'alice'), directory())));
    return file;
  }

  const windows = [
    [1280, 'light'],
    [1280, 'dark'],
    [400, 'light'],
  ] as const;
  for (const [width, colorScheme] of windows) {
    it(`can be read by everybody, ${width} px wide in ${colorScheme}`, async () => {
      const options = { colorScheme, viewport: { width, height: 900 } };
      const { page, complaints, accessibility } = await openPage(write(results()), options);
      expect(await accessibility()).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(width);
    });
  }

  it('tells of a failure in the order in which one wants to know', async () => {
    const { page } = await openPage(write(results()));
    const text = (await page.textContent('.failure')) ?? '';
    const parts = [
      'Fails 3 of 3 runs (100 %, 95 % interval 29.2–100 %)',
      'All 3 failures look the same',
      'c1 read k = "", but its put had been acknowledged.',
      `replay ${SCENARIO}@`,
      'it takes 9',
    ];
    const places = parts.map((part) => text.indexOf(part));
    expect(places).to.not.include(-1);
    expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
  });

  it('shows hostile text as text', async () => {
    const file = write(results({ key: HOSTILE, says: `It read ${HOSTILE}.` }));
    const { page, complaints } = await openPage(file);
    expect(await page.textContent('.says')).to.equal(`It read ${HOSTILE}.`);
    expect(await page.evaluate('window.stolen')).to.equal(undefined);
    expect(complaints).to.deep.equal([]);
  });

  it('goes through the events by keyboard, and shows the details of each', async () => {
    const { page } = await openPage(write(results()));
    await page.getByRole('group', { name: 'failing run' }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.textContent('[data-panel]')).to.contain('c1: put k "v"');
    await page.keyboard.press('ArrowDown');
    expect(await page.textContent('[data-panel]')).to.contain('c1 calls pb1 kv.update');
    expect(await page.locator('[data-line].selected').count()).to.be.above(0);
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-panel]').isHidden()).to.equal(true);
  });

  it('selects what is clicked, in the diagram and in the words', async () => {
    const { page } = await openPage(write(results()));
    await page.locator('svg .label', { hasText: 'get k' }).first().click();
    expect(await page.textContent('[data-panel]')).to.contain('c1: get k');
    await page.locator('[data-line]', { hasText: 'pb1 is killed' }).click();
    expect(await page.textContent('[data-panel]')).to.contain('pb1: killed');
  });

  it('zooms in time and back, by keyboard and by mouse', async () => {
    const { page } = await openPage(write(results()));
    const height = () =>
      page.evaluate<number>('+document.querySelector(".plot svg").getAttribute("height")');
    const before = await height();
    await page.getByRole('group', { name: 'failing run' }).focus();
    await page.keyboard.press('+');
    expect(await height()).to.be.closeTo(1.5 * before, 1);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await height()).to.be.closeTo(2.25 * before, 1);
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Fit' }).click();
    expect(await height()).to.be.closeTo(before, 1);
  });

  it('shows time true to scale, and more calls, when asked', async () => {
    const { page } = await openPage(write(results()));
    const gap = () =>
      page.evaluate<number>(`(() => {
        const [put, get] = [...document.querySelectorAll('.bar')].map((bar) => +bar.getAttribute('y'));
        return get - put;
      })()`);
    const before = await gap();
    await page.getByRole('button', { name: 'True to scale' }).click();
    expect(await gap()).to.be.above(1.2 * before);
    const others = page.locator('.layer-calls line').first();
    expect(await others.isVisible()).to.equal(false);
    await page.getByRole('button', { name: '1 more call' }).click();
    expect(await others.isVisible()).to.equal(true);
  });

  it('shows a run that passed beside the one that failed, with what corresponds to it', () => {
    const plan = planOf(['alice'], [SCENARIO], 4);
    const [first, ...records] = keepFailures(directory(), plan);
    const [run] = plannedRuns(plan);
    if (first === undefined || run === undefined) throw new Error('there are runs');
    const of = resultsOf(plan, [keepPass(directory(), run), ...records]);
    const page = makeStudentPage(redactFor(of, 'alice'), directory());
    const { items = [] } = page.failures[0]?.run?.passing?.scene ?? {};
    const titles = items.map(({ title }) => title);
    expect(titles).to.include.members(['c1: put k "v"', 'c1: get k', 'pb1: killed']);
    expect(titles).to.include('pb1 calls pb2 backup.forward (call 1): answered');
    expect(items.filter((item) => item.kind === 'operation' && item.number !== undefined)).to.be
      .empty;
    expect(renderStudentPage(page)).to.contain('A run of yours that passed');
  });

  it('is a picture with a story where scripts are not allowed', async () => {
    const file = write(results());
    const { page } = await openPage(file, { javaScriptEnabled: false });
    expect(await page.locator('svg .label', { hasText: 'get k' }).first().isVisible()).to.equal(
      true,
    );
    expect(await page.getByText('pb1 is killed').isVisible()).to.equal(true);
    expect(await page.getByRole('button', { name: 'Zoom in' }).isVisible()).to.equal(false);
  });

  it('says where in what was handed in the submission was found', () => {
    const of = results();
    const [alice] = of.submissions;
    if (alice === undefined) throw new Error('alice was graded');
    alice.note = 'the submission is in its only folder lab2';
    const page = renderStudentPage(makeStudentPage(redactFor(of, 'alice'), directory()));
    expect(page).to.contain('The submission is in its only folder lab2.');
  });

  it('has its texts beside the lanes in a narrow window', async () => {
    const { page } = await openPage(write(results()), { viewport: { width: 400, height: 900 } });
    const covered = await page.evaluate(() => {
      const edge = document.querySelector('.plot > svg')?.getBoundingClientRect().right ?? 0;
      const labels = [...document.querySelectorAll('.plot .label')];
      return labels.filter((one) => one.getBoundingClientRect().left < edge - 1).length;
    });
    expect(covered).to.equal(0);
  });

  it('says how likely the printed command fails again, and of which run that was measured', () => {
    const of = results();
    const [like] = of.submissions[0]?.tallies[0]?.signatures ?? [];
    if (like === undefined) throw new Error('there is a failure');
    const chance = () =>
      makeStudentPage(redactFor(of, 'alice'), directory()).failures[0]?.replay.chance;
    expect(chance()).to.contain('It was not run again with this seed');
    like.again = { failed: 4, usable: 5 };
    expect(chance()).to.contain('run again with its seed, it failed 4 of 5 times');
    like.exampleRun = `alice/${SCENARIO}/99`;
    expect(chance()).to.contain('another run that failed like it failed 4 of 5 times');
  });

  it('has the output around the moment, with times', async () => {
    const page = makeStudentPage(redactFor(results(), 'alice'), directory());
    expect(page.failures[0]?.run?.logs.lines).to.deep.equal([
      { process: 'pb1', atMs: 204, text: 'unexpected EOF' },
    ]);
  });

  it('folds away what is told in words, and opens it for a link', async () => {
    const [alice, ...others] = results().submissions;
    const [tally] = alice?.tallies ?? [];
    if (alice === undefined || tally === undefined) expect.fail('nothing has failed');
    const ids = ['view-zero', 'single-primary', 'missing-key', 'chaos', 'large-values', 'append'];
    const tallies = [tally, ...ids.map((scenario) => ({ ...tally, scenario }))];
    const of = { ...results(), submissions: [{ ...alice, tallies }, ...others] };
    const { page } = await openPage(write(of));
    const last = page.locator('#failure-append');
    expect(await page.locator('.more > summary').innerText()).to.equal(
      '2 further scenarios that failed, without pictures',
    );
    expect(await last.isVisible()).to.equal(false);
    await page.locator('a[href="#failure-append"]').click();
    await last.waitFor({ state: 'visible' });
  });

  it('knows nothing of hidden scenarios', () => {
    const plan = planOf(['alice', 'bob'], [SCENARIO, 'transfer-cut-off'], 3);
    const of: Results = {
      ...resultsOf(plan, keepFailures(directory(), plan)),
      rubric: {
        title: 'Lab 2',
        confidence: 0.95,
        gradedEnd: 'high',
        straddle: 'keep',
        unjudged: 'review',
        chargeOnce: [],
        parts: [
          {
            name: 'B',
            scenarios: [
              {
                scenario: 'transfer-cut-off',
                points: 1,
                policy: { kind: 'all-or-nothing', atMost: 0.1 },
                hidden: true,
              },
            ],
          },
        ],
      },
    };
    const page = renderStudentPage(makeStudentPage(redactFor(of, 'alice'), directory()));
    expect(page).to.contain(SCENARIO);
    expect(page).to.not.contain('transfer-cut-off');
    expect(page).to.not.contain('bob');
  });

  it('tells in words where the evidence is gone', () => {
    const of = results();
    rmSync(join(directory(), 'evidence'), { recursive: true });
    const page = makeStudentPage(redactFor(of, 'alice'), directory());
    expect(page.failures[0]?.run).to.equal(undefined);
    expect(renderStudentPage(page)).to.contain('No evidence of these runs was kept');
  });

  it('shows what the compiler said of a build that failed', () => {
    const plan = planOf(['alice'], [SCENARIO], 1);
    const [record] = keepFailures(directory(), plan);
    if (record === undefined) throw new Error('there is a run');
    mkdirSync(join(directory(), 'evidence/alice'), { recursive: true });
    writeFileSync(join(directory(), 'evidence/alice/build.log'), 'exit code 2\nsyntax <error>\n');
    const broken: RunRecord = { ...record, class: 'build', artifacts: 'evidence/alice' };
    const page = renderStudentPage(
      makeStudentPage(redactFor(resultsOf(plan, [broken]), 'alice'), directory()),
    );
    expect(page).to.contain('syntax &lt;error>');
    expect(page).to.not.contain('Replay');
  });
});

describe('the page of a student whose submission could not be run', () => {
  const text = renderStudentPage(makeStudentPage(redactFor(gradedResults(), 'carol'), '/nowhere'));

  it('says why once, and nothing of runs that there were none of', () => {
    expect(text.match(/no package pbservice/gi)).to.have.lengthOf(1);
    expect(text).not.to.contain('between your runs');
    expect(text).to.contain('hidden test 1');
  });
});

describe('the page of a student with hidden tests', () => {
  it('does not say that nothing failed where that is known of the others only', () => {
    const results = gradedResults();
    const sound = results.submissions.map((one) => ({
      ...one,
      tallies: one.tallies.filter(({ failed }) => failed === 0),
    }));
    const redacted = redactFor({ ...results, submissions: sound }, 'alice');
    const text = renderStudentPage(makeStudentPage(redacted, '/nowhere'));
    expect(text).to.match(/None of the \d+ scenarios? that you may see failed/);
  });
});

describe('the page of a student of a grading that is not safe', () => {
  function pageOf(control: Partial<ControlArm>): string {
    const results = gradedResults();
    if (results.control === undefined) throw new Error('nothing was controlled');
    const of = { ...results, control: { ...results.control, ...control } };
    return renderStudentPage(makeStudentPage(redactFor(of, 'alice'), '/nowhere'));
  }

  it('says so above everything else', () => {
    const unsafe = pageOf({ passed: 9, failed: 1, safe: false });
    expect(unsafe).to.match(/Nothing on this page can be relied on.*<p class="lead">/);
    expect(pageOf({ passed: 10, failed: 0, safe: true })).not.to.contain('can be relied on');
  });

  it('does not count as passed what cannot be judged', () => {
    const nothing = pageOf({ runs: 7, passed: 0, failed: 0, unknown: 7, safe: true });
    expect(nothing).to.contain('none of its runs can be judged');
    const some = pageOf({ runs: 7, passed: 5, failed: 0, unknown: 2, safe: true });
    expect(some).to.contain('was run 5 times');
  });
});
