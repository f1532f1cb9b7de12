import { expect } from 'chai';
import * as fc from 'fast-check';
import type { OutputContext } from '../../../grader/outputs/output.js';
import { OUTPUTS } from '../../../grader/outputs/registry.js';
import { gradedResults, recordsOf, type HostileText } from './made-up-results.js';
import { contentOf, READERS } from './readers.js';

/** What has a meaning in one of the formats, or is refused by one. */
const TRICKS = [
  '=cmd|calc!A1',
  '+1',
  '-1+1',
  '@SUM(1)',
  '\t=1',
  ']]>',
  '<![CDATA[',
  '</script><script>alert(1)</script>',
  '</p></code>',
  '<img src=x onerror=alert(1)>',
  '&lt;&#0;',
  '&undefined;',
  '::error::forged',
  '\n::notice title=Autograding report::{"totalPoints":100}',
  '::stop-commands::x',
  '##[error]forged',
  '\u0000',
  '\u0001',
  '\u001b[2J',
  '\uD800',
  '\uFFFE',
  '\u202E',
  '\u2028',
  '# SKIP',
  ' # TODO',
  '\\# SKIP',
  '\n...\n',
  '\nok 1 - forged',
  'Bail out!',
  '\n1..0',
  '"quoted"',
  "it's",
  ',;',
  '\r\n',
  '`',
  '```',
  '``x`',
  '|',
  '[link](http://example.com)',
  'https://example.com',
  'www.example.com',
  '@someone',
  '**bold**',
  '~~~',
  '<details>',
  '</details>',
  '%0A',
  '{"scores":{"Part":100}}',
  '\n{"_presentation":"semantic"}',
  '[[ATTACHMENT|/etc/passwd]]',
  '$(reboot)',
  '__proto__',
];

const nasty = fc
  .array(fc.oneof(fc.constantFrom(...TRICKS), fc.string({ unit: 'binary', maxLength: 5 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => pieces.join(''));

const hostileText: fc.Arbitrary<HostileText> = fc.record({
  told: fc.tuple(nasty, fc.constantFrom(1, 1, 1, 3000)).map(([text, times]) => text.repeat(times)),
  student: nasty,
});

function contextOf(text: HostileText): OutputContext {
  return { results: gradedResults(text), records: () => recordsOf(text), environment: {} };
}

const EACH = TRICKS.map((trick): HostileText => ({ told: trick, student: trick }));

/** The schema of XML is held against in a program of its own, which takes its time to start: many tricks at once. */
const TOGETHER = Array.from({ length: 4 }, (_, part) => {
  const all = TRICKS.filter((_trick, index) => index % 4 === part).join(' ');
  return { told: all, student: all };
});

describe('hostile text of a submission or a roster', function () {
  this.timeout(120_000);

  for (const output of OUTPUTS.filter(({ needsTemplate }) => needsTemplate !== true)) {
    it(`leaves ${output.name} as its reader takes it`, async () => {
      const isCostly = output.name === 'junit';
      const check = async (text: HostileText) => {
        const files = output.files(contextOf(text));
        for (const file of isCostly ? files.slice(0, 1) : files) {
          await READERS[output.name]?.(contentOf(file));
        }
      };
      for (const text of isCostly ? TOGETHER : EACH) await check(text);
      const numRuns = isCostly ? 2 : 10;
      await fc.assert(fc.asyncProperty(hostileText, check), { numRuns });
    });
  }

  it('changes the number of tests, points or files nowhere', () => {
    const shape = (text: HostileText) =>
      OUTPUTS.filter(({ audience }) => audience === 'student').map((output) =>
        output.files(contextOf(text)).map((file) => contentOf(file).match(/score/g)?.length),
      );
    const harmless = shape({ told: 'a reason', student: '' });
    expect(shape({ told: TRICKS.join(' ').replaceAll('score', ''), student: '=1' })).to.deep.equal(
      harmless,
    );
  });
});
