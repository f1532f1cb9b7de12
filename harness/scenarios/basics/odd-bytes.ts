/**
 * Keys and values are texts without a meaning: whatever they hold, they come back as they were, and no
 * two of them are the same. Here they hold what formats, shells and languages like to stumble over.
 */

import { scenario } from '../stage/scenario.js';
import { startPrimary } from '../stage/setting.js';
import { modify, readAll } from '../stage/workload.js';

/** Two texts of 301 characters differ only in the last. */
const LONG = 'long '.repeat(60);

/** Each is a key and a value; some differ from others only in what a careless program would take away. */
const ODD_TEXTS = [
  '',
  ' ',
  `${LONG}1`,
  `${LONG}2`,
  '  spaces around  ',
  'spaces around',
  'two\nlines\r\nand a tab\t',
  'nul \u0000 inside',
  'nul ',
  '%s %d %41 %',
  'A',
  'a',
  '"quoted" and \'quoted\' and `quoted`',
  'back\\slash \\n \\u0041',
  '{"id":1,"ok":false,"value":"not this"}',
  '$(touch here); rm -rf . # & | > <',
  'path/../to/./it',
  '__proto__',
  'constructor',
  'null',
  '0',
  '00',
  'Grüße, 世界, \u{1F980}',
  // These look alike on the page but are two different texts.
  '\u00e9',
  'e\u0301',
];

export const oddBytes = scenario({
  id: 'odd-bytes',
  title: 'Spaces, quotes, newlines, NUL and other scripts come back as they were',
  version: 2,
  source: 'kv-latest',
  tier: 'implied',
  points: 5,
  async run({ cluster }) {
    await startPrimary(cluster);
    const clerk = cluster.clerk('c1');
    // Never written yet: none of these names may mean anything.
    await readAll(clerk, ['__proto__', 'constructor', 'null']);
    for (const text of ODD_TEXTS) await clerk.put(text, `of ${text}`);
    await readAll(clerk, ODD_TEXTS);
    for (const text of ODD_TEXTS) {
      await clerk.put('k', text);
      await clerk.get('k');
    }
    for (const text of ODD_TEXTS) await modify(cluster, clerk, 'grown', text);
    await clerk.get('grown');
  },
});
