/**
 * `append-forever.js JOURNAL FIRST`: appends records, several at a time, and prints the key of each
 * as soon as the journal acknowledges it. It ends by being killed.
 */

import { openJournal } from '../../../grader/campaign/journal/journal.js';
import { recordOf, someRun } from '../support.js';

const [file = '', first = ''] = process.argv.slice(2);
void append();

async function append(): Promise<void> {
  const journal = await openJournal(file);

  for (let index = Number(first); ; index += 3) {
    await Promise.all(
      [index, index + 1, index + 2].map(async (one) => {
        const record = recordOf(someRun(one));
        await journal.append(record);
        process.stdout.write(`${record.key}\n`);
      }),
    );
  }
}
