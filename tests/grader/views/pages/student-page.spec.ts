import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { RULES, TIERS, type Doing, type RunRecord } from '../../../../harness/index.js';
import { describePrevalence, prevalenceOf } from '../../../../grader/measured/prevalence.js';
import type { ControlArm } from '../../../../grader/tally/control-arm.js';
import { makeStudentPage } from '../../../../grader/views/pages/student-model.js';
import { renderStudentPage } from '../../../../grader/views/pages/student-page.js';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import { redactFor } from '../../../../grader/results/redaction.js';
import { type Results } from '../../../../grader/results/results.js';
import { buildResults } from '../../../../grader/results/build-results.js';
import { useChromium } from '../../../support/chromium.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';
import { gradedResults } from '../outputs/made-up-results.js';
import { failing, planOf, recordOf } from '../../support.js';
import { keepFailures, keepPass, SCENARIO } from './lost-write.js';

const HOSTILE = '</script><img src=x onerror="window.stolen = 1">';
const MACHINE = { cpus: 2, node: 'v20.0.0', platform: 'linux-x64' };

describe('a student page', function () {
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
      'Where it went wrong, as far as the calls show it:The servers part at 204 ms.203 ms: the forward is lost',
      `replay ${SCENARIO}@`,
      'it takes 9',
    ];
    const places = parts.map((part) => text.indexOf(part));
    expect(places).to.not.include(-1);
    expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
  });

  it('has what the hand-out asks for first, with a sum for each tier', () => {
    const ids = ['view-late-pings', 'view-zero', 'chaos', 'single-primary'];
    const plan = planOf(['alice'], ids, 2);
    const records = plannedRuns(plan).map((run) =>
      recordOf(run, run.scenario === 'single-primary' ? {} : failing('lost')),
    );
    const page = makeStudentPage(redactFor(resultsOf(plan, records), 'alice'), directory());
    const failures = page.failures.map(({ scenario }) => scenario);
    expect(failures).to.deep.equal(['view-zero', 'chaos', 'view-late-pings']);
    const [first] = page.failures;
    const prevalence = describePrevalence(prevalenceOf('view-zero'));
    expect(first?.standing.toLowerCase()).to.equal(
      `asked: ${TIERS.asked} ${prevalence}.`.toLowerCase(),
    );
    const text = renderStudentPage(page).replaceAll(/<[^>]*>/g, '');
    expect(text).to.contain('asked 1 of 2, implied 0 of 1, beyond 0 of 1');
  });

  it('shows hostile text as text', async () => {
    const file = write(results({ key: HOSTILE, says: `It read ${HOSTILE}.` }));
    const { page, complaints } = await openPage(file);
    expect(await page.textContent('.says')).to.equal(`It read ${HOSTILE}.`);
    expect(await page.evaluate('window.stolen')).to.equal(undefined);
    expect(complaints).to.deep.equal([]);
  });

  it('shows what the processes were doing, where that is known', async () => {
    const group = { count: 3, does: 'waits for a lock', frames: [`${HOSTILE} server.go:25`] };
    const says = 'pb1: 3 goroutines wait for a lock.';
    const doing: Doing = {
      waits: ['c1 waits for pb1, and pb1 waits for itself.'],
      processes: [{ process: 'pb1', says, isQuiet: false, groups: [group], left: 0 }],
    };
    const { page, complaints } = await openPage(write(results({ doing })));
    const text = (await page.textContent('.failure')) ?? '';
    expect(text).to.include('pb1 waits for itself.').and.include(says);
    expect(text).to.include(`3 × waits for a lock\n    ${HOSTILE} server.go:25\n`);
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
    const { page } = await openPage(file, { scriptsAllowed: false });
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

  it('has a place for each name and scrolls to the end of each text, however many lanes there are', async () => {
    const page = makeStudentPage(redactFor(results(), 'alice'), directory());
    const scene = page.failures[0]?.run?.scene;
    if (scene === undefined) throw new Error('there is a diagram');
    const more = ['newcomer', 'subject2', 'witness'].map(
      (name) => ({ name, kind: 'client' }) as const,
    );
    scene.lanes = [...more, ...scene.lanes];
    const file = join(directory(), 'lanes.html');
    writeFileSync(file, renderStudentPage(page));
    const { page: opened } = await openPage(file, { viewport: { width: 400, height: 900 } });
    const measured = await opened.evaluate(() => {
      const names = [...document.querySelectorAll('.lanes span')].map((one) =>
        one.getBoundingClientRect(),
      );
      const frame = document.querySelector('.space-time');
      const labels = [...document.querySelectorAll('.plot .label')];
      const right = Math.max(...labels.map((one) => one.getBoundingClientRect().right));
      return {
        overlaps: names.filter((a, at) =>
          names.slice(at + 1).some((b) => a.top === b.top && a.left < b.right && b.left < a.right),
        ).length,
        isReached: right - (frame?.getBoundingClientRect().left ?? 0) <= (frame?.scrollWidth ?? 0),
        smallest: Math.min(...labels.map((one) => parseFloat(getComputedStyle(one).fontSize))),
        page: document.documentElement.scrollWidth,
      };
    });
    expect(measured).to.deep.equal({ overlaps: 0, isReached: true, smallest: 12, page: 400 });
  });

  it('says once how to install the version of the kit that graded', async () => {
    const { page } = await openPage(write(results()));
    const install = page.locator('#install-pblab');
    expect(await install.count()).to.equal(1);
    expect(await install.textContent()).to.match(
      /npm install --global \.\/pblab-\d+\.\d+\.\d+\.tgz/,
    );
    const check = (await page.textContent('.failure')) ?? '';
    expect(check.slice(check.indexOf('Check your fix'))).to.contain(
      `pblab grade . -s ${SCENARIO} -n 9`,
    );
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
    writeFileSync(
      join(directory(), 'evidence/alice/build.log'),
      'exit code 2\nsyntax <error>\n    let  x;\n\t     ^\n',
    );
    const broken: RunRecord = { ...record, class: 'build', artifacts: 'evidence/alice' };
    const page = renderStudentPage(
      makeStudentPage(redactFor(resultsOf(plan, [broken]), 'alice'), directory()),
    );
    expect(page).to.contain('syntax &lt;error>\n    let  x;\n      ^');
    expect(page).to.not.contain('Replay');
  });
});

describe('the page of a student with a mistake that decided other scenarios', () => {
  const plan = planOf(['alice'], ['chaos', 'primary-failure', 'missing-key'], 1);
  const records = plannedRuns(plan).map((run) =>
    recordOf(
      run,
      run.scenario === 'missing-key'
        ? {}
        : failing('view-acknowledged / view-left-unacknowledged', {
            reason: 'pb1 left <b>view 2</b>.',
            besides:
              run.scenario === 'chaos'
                ? {
                    verdict: 'fail',
                    class: 'safety',
                    signature: 'a / b',
                    reason: 'A write is lost.',
                  }
                : { verdict: 'pass', reason: 'It is right.' },
          }),
    ),
  );
  const context = { createdAt: '2026-01-02T03:04:05.000Z', machine: MACHINE };
  const results = redactFor(buildResults(plan, records, context), 'alice');
  const page = makeStudentPage(results, '/nowhere');

  it('says once what to mend first, and what else fails', () => {
    expect(page.rootCauses).to.deep.equal([
      {
        says: 'One mistake decided the result of 2 of 3 scenarios: view left before its primary had acknowledged it.',
        seen: 'pb1 left <b>view 2</b>.',
        rule: RULES['view-acknowledged'],
        besides:
          '2 of these runs are about something else: without the mistake, 1 would pass and 1 would still fail, which may be a consequence (chaos).',
      },
    ]);
    const text = renderStudentPage(page);
    expect(text)
      .to.contain('Mend this first: the root cause<')
      .and.contain('pb1 left &lt;b>view 2&lt;/b>.');
  });

  it('says of each scenario how it would have ended', () => {
    const told = page.failures.map(({ scenario, besides }) => `${scenario}: ${besides}`);
    expect(told).to.have.members([
      'chaos: Without that mistake, this scenario still fails, which may be a consequence: A write is lost.',
      'primary-failure: Without that mistake, this scenario passes.',
    ]);
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

describe('the page of a student whose test has stopped early or was interrupted', () => {
  const ids = ['view-zero', 'single-primary', 'missing-key', 'empty-values', 'odd-bytes', 'chaos'];
  const plan = planOf(['alice'], ids, 2);
  const textOf = (changes: Record<string, Partial<RunRecord>>) => {
    const records = plannedRuns(plan)
      .filter(({ scenario, index }) => scenario in changes && index === 0)
      .map((run) => recordOf(run, changes[run.scenario]));
    const made = { createdAt: '2026-01-02T03:04:05.000Z', machine: MACHINE };
    const page = makeStudentPage(buildResults(plan, records, made), '/nowhere');
    return renderStudentPage(page).replaceAll(/<[^>]*>/g, '');
  };

  it('says how many scenarios were run, and lists the others apart', () => {
    const text = textOf({ 'view-zero': {}, 'single-primary': failing('lost') });
    expect(text).to.contain(
      '2 of 6 scenarios were run: 1 failed, in 1 no failure was seen; 4 were not run. The failures',
    );
    expect(text).to.contain('1 scenario without a failure').and.contain('4 scenarios not run');
    expect(text).to.contain('asked 1 of 2 (1 not run), implied 3 not run');
    expect(text).not.to.match(/0 of 0|no run has been done|\d unknown/i);
  });

  it('says so too where nothing failed, or nothing was run', () => {
    expect(textOf({ 'view-zero': {} })).to.contain(
      '1 of 6 scenarios was run: in 1 no failure was seen; 5 were not run.',
    );
    expect(textOf({})).to.contain('Nothing is known yet: of 6 scenarios, none was run.');
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
