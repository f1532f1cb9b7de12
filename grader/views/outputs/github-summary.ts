/** The Markdown for the summary of a GitHub job. A longer one than GitHub allows is lost as a whole. */

import { renderMarkdown } from './markdown.js';
import type { Output } from './output.js';

/** GitHub refuses more than 1024 KiB a step, and other tools may have written there already. */
const SUMMARY_BYTES = 900 * 1024;

export const githubSummary: Output = {
  name: 'github-summary',
  title: 'summary of a GitHub job, for the file $GITHUB_STEP_SUMMARY',
  audience: 'automation',
  files: ({ results }) => [
    { path: 'github-summary.md', text: renderMarkdown(results, SUMMARY_BYTES) },
  ],
};
