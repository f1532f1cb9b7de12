import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Comparison } from '../../../../grader/studies/compare/comparison.js';
import { renderComparisonPage } from '../../../../grader/views/pages/comparison-page.js';
import type { PlannedRun } from '../../../../grader/plan/plan.js';
import type { RunCosts, RunRecord } from '../../../../harness/index.js';
import { useChromium } from '../../../support/chromium.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';
import { compareMadeUp, isMine } from '../../studies/compare/made-up.js';
import { failing, unknown } from '../../support.js';

const HOSTILE = '<script>window.stolen = 1</script>\u202E<img src=x onerror="window.stolen = 1">';
const SCENARIOS = [
  'single-primary',
  'forward-lost-then-failover',
  'repeated-crash',
  'primary-failure',
  'chaos',
];

/** `mine` loses writes, is better in one thing, and is slower; of chaos little can be told. */
function ending(run: PlannedRun): Partial<RunRecord> {
  const { scenario, index } = run;
  const mine = isMine(run);
  const costs = costsOf(index, mine ? 1.8 : 1);
  const lost = failing('kv-latest / lost-acknowledged-write / get');
  switch (scenario) {
    case 'forward-lost-then-failover':
      return mine && index % 4 > 0 ? { ...lost, costs } : { costs };
    case 'repeated-crash':
      return !mine && index % 3 > 0 ? { ...lost, costs } : { costs };
    case 'primary-failure':
      return index % 13 === Number(mine) ? { ...lost, costs } : { costs };
    case 'chaos':
      return index > 4 ? unknown('disturbed') : { costs };
    default:
      return { costs };
  }
}

function costsOf(index: number, factor: number): RunCosts {
  const wobble = 1 + (index % 5) / 40;
  return {
    operationsPerSec: (850 / factor) * wobble,
    latencyP50Ms: 1.2 * factor * wobble,
    latencyP99Ms: 9 * factor * wobble,
    failOverMs: 620 * wobble,
    callsPerOperation: 2 * wobble,
    transferBytes: 24_000 * wobble * factor,
    viewLookups: 0.02 * wobble,
  };
}

const COMPARISON: Comparison = {
  ...compareMadeUp({ scenarios: SCENARIOS, runs: 40, ending }),
  notCompared: [{ scenario: 'paced-retries', why: 'old does not offer its operations' }],
};

describe('the page of a comparison', function () {
  this.timeout(60_000);
  const directory = useTemporaryDirectory();
  const openPage = useChromium();

  function write(comparison: Comparison): string {
    const file = join(directory(), 'index.html');
    writeFileSync(file, renderComparisonPage(comparison));
    return file;
  }

  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 400],
  ] as const) {
    it(`can be read by everybody, ${colorScheme} and ${width} pixels wide`, async () => {
      const viewport = { width, height: 900 };
      const opened = await openPage(write(COMPARISON), { colorScheme, viewport });
      const { page, complaints, accessibility } = opened;
      await page.evaluate(
        'document.querySelectorAll("details").forEach((one) => { one.open = true; })',
      );
      expect(await accessibility()).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
      // No number is cut off: neither the page nor a table in it is wider than it is shown.
      const tooWide = await page.evaluate(
        () =>
          [document.documentElement, ...document.querySelectorAll('.scroll')].filter(
            (one) => one.scrollWidth > one.clientWidth,
          ).length,
      );
      expect(tooWide).to.equal(0);
    });
  }

  it('answers first, and tells in words what it shows', async () => {
    const { page } = await openPage(write(COMPARISON));
    expect(await page.textContent('h1')).to.equal('mine against old');
    expect(await page.textContent('h1 + p')).to.match(
      /^Worse\. mine loses acknowledged writes in forward-lost-then-failover \(fails 30 of 40 runs/,
    );
    const rows = await page.locator('#rates ~ .scroll tbody tr').allTextContents();
    expect(
      rows.map((row) => /worse|better|no difference seen|undecided/.exec(row)?.[0]),
    ).to.deep.equal(['worse', 'undecided', 'better', 'no difference seen']);
    expect(rows[0]).to.match(/30 of 40.*\+75\.0/);
    const label = await page.locator('.pair svg').nth(1).getAttribute('aria-label');
    expect(label).to.contain('forward-lost-then-failover: +75.0 (+');
    expect(await page.textContent('.quiet-scenarios summary')).to.match(
      /^Neither failed in 1 scenario: the failure rate rises by at most \d/,
    );
    expect(await page.textContent('#not-compared + ul')).to.contain('paced-retries');
  });

  it('gives every cost its unit, and its ratio around 1', async () => {
    const { page } = await openPage(write(COMPARISON));
    const rows = await page.locator('#costs ~ .scroll tbody tr').allTextContents();
    expect(rows.find((row) => row.startsWith('latency p50'))).to.match(
      /worse.*1\.\d+ ms.*2\.\d+ ms.*× 1\.8/,
    );
    expect(rows.find((row) => row.startsWith('state transfer'))).to.contain(' bytes');
    const texts = await page.locator('.costs text').allTextContents();
    const ticks = texts.filter((text) => text.startsWith('× '));
    expect(ticks[(ticks.length - 1) / 2]).to.equal('× 1');
  });

  it('shows two that never failed and were never measured without an empty picture', async () => {
    const { page, complaints } = await openPage(write(compareMadeUp()));
    expect(await page.locator('svg').count()).to.equal(0);
    expect(await page.textContent('main')).to.contain('No costs are compared');
    expect(complaints).to.deep.equal([]);
  });

  it('shows hostile names as text', async () => {
    const { scenarios, ...rest } = COMPARISON;
    const hostile: Comparison = {
      ...rest,
      a: { ...rest.a, name: HOSTILE, spec: HOSTILE },
      b: { ...rest.b, name: HOSTILE, spec: HOSTILE },
      says: HOSTILE,
      scenarios: scenarios.map((one) => ({ ...one, scenario: HOSTILE })),
      notCompared: [{ scenario: HOSTILE, why: HOSTILE }],
    };
    const { page, complaints } = await openPage(write(hostile));
    expect(await page.evaluate('window.stolen')).to.equal(undefined);
    expect(complaints).to.deep.equal([]);
    expect(await page.textContent('h1')).not.to.match(/\p{Bidi_Control}/u);
  });
});
