/** Charts for pages: Observable Plot, drawn into a document without a browser. */

import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

export interface ChartOptions extends Plot.PlotOptions {
  /** A description for readers who cannot see it: one sentence with the numbers that matter. */
  label: string;
}

/**
 * A chart as part of a page. Colours are those of the style sheet, such as `var(--fail)`, so that they follow the
 * theme. Text of submissions may be data: the library escapes it.
 */
export function Chart({ label, ...options }: ChartOptions) {
  const svg = Plot.plot({ document, ...options });
  // An image has no parts for those who cannot see it, and parts of its kind may have no names.
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  return <div class="chart" dangerouslySetInnerHTML={{ __html: svg.outerHTML }} />;
}
