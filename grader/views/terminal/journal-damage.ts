/** The first lines on a terminal if lines of the journal could not be read. */

import { describeJournalDamage } from '../../campaign/journal/damage.js';
import type { Results } from '../../results/results.js';
import type { Clean } from '../../text/clean-text.js';
import { paperFor, sentence, type Paper, type PaperOptions } from './terminal-layout.js';

/** Nothing where every line could be read. */
export function damageLines({ journalDamage }: Clean<Results>, paper: Paper): string[] {
  if (journalDamage === undefined) return [];
  const text = `THE JOURNAL IS DAMAGED. ${describeJournalDamage(journalDamage).join(' ')}`;
  const { bold, red } = paper.palette;
  return sentence(text, paper).map((line) => bold(red(line)));
}

/** The damage as a text of its own, with an empty line after it. */
export function renderJournalDamage(results: Clean<Results>, options: PaperOptions): string {
  const lines = damageLines(results, paperFor(options));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
}
