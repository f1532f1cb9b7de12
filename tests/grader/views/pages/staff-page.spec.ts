import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { renderStaffPage } from '../../../../grader/views/pages/staff-page.js';
import type { Results } from '../../../../grader/results/results.js';
import { gradeSubmission } from '../../../../grader/rubric/grade-submission.js';
import { useChromium } from '../../../support/chromium.js';
import { makeClass } from '../../../support/made-up-class.js';
import { HOSTS } from '../outputs/made-up-results.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';

const CLASS = makeClass({ students: 12, scenarios: 30, runs: 20 });
/** Of what takes long on a large page. */
const SMALL = makeClass({ students: 5, scenarios: 12 });

describe('the staff page', function () {
  const directory = useTemporaryDirectory();
  const openPage = useChromium();
  const rendered = new WeakMap<Results, string>();

  function open(results: Results, options: Parameters<typeof openPage>[1] = {}) {
    const file = join(directory(), 'index.html');
    const text = rendered.get(results) ?? renderStaffPage(results);
    rendered.set(results, text);
    writeFileSync(file, text);
    return openPage(file, options);
  }

  for (const [colorScheme, width] of [
    ['light', 1280],
    ['light', 400],
    ['dark', 1280],
    ['dark', 400],
  ] as const) {
    it(`can be read by everybody, ${colorScheme} and ${width} pixels wide`, async () => {
      const small = { ...SMALL, hosts: HOSTS };
      const viewport = { width, height: 900 };
      const { page, complaints, accessibility } = await open(small, { colorScheme, viewport });
      await page.locator('#what-if-says:not(:empty)').waitFor();
      expect(await accessibility()).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).to.equal(width);
    });
  }

  it('shows hostile names and reasons as text', async () => {
    const { page, complaints } = await open(CLASS);
    expect(await page.evaluate('window.stolen')).to.equal(undefined);
    expect(await page.locator('main img, main b').count()).to.equal(0);
    await page.locator('#heat-table tbody').getByText('hostile').waitFor();
    await page.locator('tbody td.r4, tbody td.r2').first().hover();
    expect(complaints).to.deep.equal([]);
  });

  it('has a row for each host of a queue, and a warning about an unsafe one', () => {
    const shown = renderStaffPage({ ...CLASS, hosts: HOSTS });
    for (const { name } of HOSTS) expect(shown).to.contain(`<th scope="row">${name}</th>`);
    expect(shown).to.contain(
      '<strong>A host is unsafe.</strong> old-lab is unsafe: the control run',
    );
    expect(shown).to.contain('The hosts are different machines (16 × AMD EPYC; 2 × linux-arm64)');
    expect(renderStaffPage(CLASS)).not.to.match(/A host is unsafe|id="hosts"/);
  });

  it('sorts students by a scenario, and scenarios by a student', async () => {
    const { page } = await open(CLASS);
    const [scenario = ''] = await texts(page, '#heat-table thead th:nth-child(6)');
    await page
      .getByRole('columnheader', { name: scenario, exact: true })
      .getByRole('button')
      .click();
    const column = await rates(page, '#heat-table tbody td:nth-child(6)');
    expect(column).to.deep.equal(column.toSorted((a, b) => b - a));
    expect(new Set(column).size).to.be.above(1);

    await page.locator('#heat-table tbody tr:first-child td:nth-child(6)').click();
    await page.getByRole('button', { name: 'Sort scenarios by this student' }).click();
    const row = await rates(page, '#heat-table tbody tr:first-child td:not(.p)');
    expect(row).to.deep.equal(row.toSorted((a, b) => b - a));
    expect((await texts(page, '#heat-table thead th'))[2]).to.not.equal(undefined);
  });

  it('says what is behind the cell that the keys have moved to', async () => {
    const { page } = await open(CLASS);
    await page.locator('#heat-table tbody a').first().focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await page.keyboard.press(key);
    }
    const label = (await texts(page, '#heat-table tbody tr:nth-child(2) th'))[0] ?? '';
    const scenario = (await texts(page, '#heat-table thead th:nth-child(4)'))[0] ?? '';
    const details = await page.locator('#heat-details').textContent();
    expect(details).to.include(label).and.to.include(scenario);
    const link = page.locator('#heat-details a');
    expect(await link.getAttribute('href')).to.match(
      new RegExp(`^students/[^/]+\\.html#failure-${scenario}$`),
    );
    expect(await page.locator('#heat-table [tabindex="0"]').count()).to.equal(1);
    await page.keyboard.press('Control+Home');
    expect(await page.evaluate(() => document.activeElement?.textContent)).to.equal('Student');
  });

  it('shows those alone who fail alike', async () => {
    const { page } = await open(CLASS);
    const [group] = CLASS.groups ?? [];
    await page.getByRole('button', { name: 'Show in the table' }).first().click();
    const shown = page.locator('#heat-table tbody tr:visible');
    expect(await shown.count()).to.equal(group?.submissions.length);
    expect(await page.locator('#heat-table thead th:visible').count()).to.equal(
      2 + (group?.scenarios.length ?? 0),
    );
    await page.locator('[name=student]').fill('no such student');
    expect(await shown.count()).to.equal(0);
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.getByText('12 of 12 students, 30 of 30 scenarios').waitFor();
  });

  it('grades the class again by a threshold that was moved', async () => {
    const { page } = await open(CLASS);
    await page.locator('#what-if [name=scenario]').selectOption('part:0');
    expect(await page.locator('#what-if [name=kind] [value=decision]').count()).to.equal(0);
    await page.locator('#what-if [name=kind]').selectOption('all-or-nothing');
    await page.getByLabel('fails at most, %', { exact: true }).fill('60');
    await page.locator('#what-if [name=gradedEnd]').selectOption('high');
    await page.locator('#what-if [name=confidence]').selectOption('0.99');

    const { rubric, submissions } = CLASS;
    if (rubric === undefined) throw new Error('the class has a rubric');
    const policy = { kind: 'all-or-nothing', atMost: 0.6 } as const;
    const moved = {
      ...rubric,
      gradedEnd: 'high' as const,
      confidence: 0.99,
      parts: rubric.parts.map((part, index) =>
        index === 0
          ? { ...part, scenarios: part.scenarios.map((one) => ({ ...one, policy })) }
          : part,
      ),
    };
    const gradable = submissions.filter(({ tallies }) => tallies.length > 0);
    const points = gradable.map(({ tallies }) => gradeSubmission(moved, tallies).points);
    // Those that could not be graded have 0 points, and are in the mean.
    const mean = points.reduce((sum, one) => sum + one, 0) / submissions.length;
    await page.getByText(`→ ${mean.toFixed(2)} points`).waitFor();
    const changed = gradable.filter(({ grade }, index) => grade?.points !== points[index]);
    expect(changed).to.not.be.empty;
    expect(await page.locator('#what-if-changes tbody tr').count()).to.equal(changed.length);
    expect(await page.locator('#what-if-yaml').textContent()).to.equal(
      [
        'confidence: 99 %',
        'gradedEnd: high',
        '# in the part "A: view service", instead of the policies of its scenarios',
        'policy: { kind: all-or-nothing, atMost: 60 % }',
      ].join('\n'),
    );
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByText('Nothing is changed.').waitFor();
  });

  it('lists the points of all students by name, and sorts them', async () => {
    const { page } = await open(CLASS);
    const names = await texts(page, '#points-table tbody th');
    expect(names).to.have.lengthOf(12);
    expect(names).to.deep.equal(names.toSorted((a, b) => a.localeCompare(b)));
    await page
      .getByRole('columnheader', { name: 'Points', exact: true })
      .first()
      .getByRole('button')
      .click();
    const points = await rates(page, '#points-table td:nth-child(2)');
    expect(points).to.deep.equal(points.toSorted((a, b) => b - a));
  });

  it('shows students by name at first, and similar ones together when asked', async () => {
    const { page } = await open(CLASS);
    const names = await texts(page, '#heat-table tbody a');
    expect(names).to.deep.equal(names.toSorted((a, b) => a.localeCompare(b)));
    await page.locator('#heat [name=rows]').selectOption('likeness');
    expect(await texts(page, '#heat-table tbody a')).to.not.deep.equal(names);
  });

  it('says what several submissions share once', async () => {
    const [first, second] = CLASS.submissions;
    if (first === undefined || second === undefined) throw new Error('the class has two students');
    const why = { suspicions: ['it looks like the reference'] };
    const { page } = await open({
      ...CLASS,
      submissions: [
        { ...first, ...why },
        { ...second, ...why },
      ],
    });
    const row = page.locator('#review tbody tr', { hasText: 'it looks like the reference' });
    expect(await row.locator('a').count()).to.equal(2);
  });

  it('lists the grades of a submission to review by their reasons', async () => {
    const { page } = await open(withReviews(['it straddles', 'it was not run', 'it straddles']));
    const rows = page.locator('#review tbody tr', { hasText: 'grade to review' });
    expect(await rows.count()).to.equal(2);
    const [first = '', second = '', third = ''] = reviewedScenarios();
    const straddling = rows.filter({ hasText: 'It straddles.' });
    expect(await straddling.locator('li').allTextContents()).to.satisfy(
      (shown: string[]) =>
        shown.length === 2 && shown.every((one) => one.endsWith(`: ${first}, ${third}`)),
    );
    const left = rows.filter({ hasText: 'It was not run.' });
    expect(await left.locator('li').first().textContent()).to.include(`: ${second}`);
    await page.getByText('2 submissions with grades to review.').waitFor();
  });

  it('sorts scenarios by how many submissions fail them', async () => {
    const { page } = await open(CLASS);
    await page.getByRole('columnheader', { name: 'Failing' }).getByRole('button').click();
    const caught = await rates(page, '#item-table td:nth-child(5)');
    expect(caught).to.deep.equal(caught.toSorted((a, b) => b - a));
    expect(caught[0]).to.be.above(0);
  });

  it('shouts if the reference has failed', async () => {
    const { control } = CLASS;
    if (control === undefined) throw new Error('the class has a control arm');
    const { page } = await open({ ...CLASS, control: { ...control, failed: 1, safe: false } });
    await page.getByText('Unsafe: do not publish these grades.').waitFor();
  });

  it('shouts if submissions were not kept apart, and has what their programs did, for everybody', async () => {
    const example = { process: 'pb1', atMs: 812, detail: 'ptrace' };
    const run = 'student-1/chaos/3';
    const says = 'made a system call that is forbidden';
    const incident = { kind: 'forbidden-call', says, runs: 3, scenarios: ['chaos'], example };
    const kept = { ...example, run, artifacts: `evidence/${run}` };
    const results: Results = {
      ...SMALL,
      isolation: { level: 'none', seccomp: false, because: 'no bubblewrap' },
      submissions: SMALL.submissions.map((one, at) => ({
        ...one,
        ...(at < 2 ? { incidents: [incident, { ...incident, example: kept }] } : {}),
      })),
    };
    for (const width of [1280, 400]) {
      const viewport = { width, height: 900 };
      const { page, complaints, accessibility } = await open(results, { viewport });
      await page.getByText('Unsafe: do not publish these grades.').waitFor();
      expect(await page.locator('#incidents table').count()).to.equal(2);
      expect(
        await page.locator('#incidents a[href="../evidence/student-1/chaos/3/"]').count(),
      ).to.equal(2);
      expect(await accessibility()).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).to.equal(width);
    }
  });

  it('works for one submission, without a rubric and without anything else', async () => {
    const { complaints, page } = await open(
      makeClass({ students: 1, scenarios: 3, graded: false }),
    );
    expect(await page.locator('#what-if, #points').count()).to.equal(0);
    await page.locator('#heat-table thead button').first().click();
    expect(complaints).to.deep.equal([]);
    const { groups: _groups, control: _control, provenance: _provenance, ...least } = CLASS;
    const empty = await open({ ...least, submissions: [] });
    expect(empty.complaints).to.deep.equal([]);
  });
});

function texts(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).allTextContents();
}

/** Numbers of cells; -1 for signs. */
async function rates(page: Page, selector: string): Promise<number[]> {
  const all = await texts(page, selector);
  return all.map((text) => {
    const number = Number(/\d+/.exec(text)?.[0] ?? -1);
    return text.trim() === '<1' ? 0.5 : number;
  });
}

/** The first scenarios of the class's rubric. */
function reviewedScenarios(): string[] {
  const [part] = CLASS.rubric?.parts ?? [];
  return (part?.scenarios ?? []).map(({ scenario }) => scenario);
}

/** Two submissions whose first grades are left to staff, each for its reason. */
function withReviews(rules: readonly string[]): Results {
  const gradable = CLASS.submissions.filter(({ grade, ungradable }) => grade && !ungradable);
  const submissions = gradable.slice(0, 2).map((one) => {
    const parts = one.grade?.parts.map((part, at) => ({
      ...part,
      scenarios: part.scenarios.map((grade, index) => {
        const rule = at === 0 ? rules[index] : undefined;
        return rule === undefined
          ? { ...grade, status: 'full' as const }
          : { ...grade, status: 'review' as const, rule };
      }),
    }));
    return one.grade === undefined ? one : { ...one, grade: { ...one.grade, parts: parts ?? [] } };
  });
  return { ...CLASS, submissions };
}
