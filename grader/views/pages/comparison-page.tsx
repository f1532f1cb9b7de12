/**
 * The page of a comparison: the answer in a sentence, then failure rates, costs, scenarios that were not compared, and
 * the origin of the runs.
 */

import type { Comparison } from '../../studies/compare/comparison.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { ComparisonSources } from './comparison/comparison-sources.js';
import { Costs } from './comparison/cost-ratios.js';
import { NotCompared } from './comparison/not-compared.js';
import { Rates } from './comparison/rates.js';
import { nameOf } from './comparison/comparison-words.js';
import { renderPage } from './document.js';

const SENTENCE_LENGTH = 2000;

/** The text of its HTML file. */
export function renderComparisonPage(comparison: Comparison): string {
  const { a, b, says, verdict } = comparison;
  const title = `${nameOf(b)} against ${nameOf(a)}`;
  return renderPage({
    title,
    styles: ['comparison'],
    children: (
      <>
        <h1>{title}</h1>
        <p class="lead verdict">
          <strong class={CLASSES[verdict]}>{VERDICTS[verdict]}.</strong>{' '}
          {sanitizeLine(says, SENTENCE_LENGTH)}
        </p>
        <Rates comparison={comparison} />
        <Costs comparison={comparison} />
        <NotCompared comparison={comparison} />
        <ComparisonSources comparison={comparison} />
      </>
    ),
  });
}

const CLASSES = { worse: 'fail', 'no worse': 'pass', undecided: 'unknown' } as const;

const VERDICTS = { worse: 'Worse', 'no worse': 'No worse', undecided: 'Undecided' } as const;
