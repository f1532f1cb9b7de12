import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Output, OutputContext } from '../../../../grader/views/outputs/output.js';
import { OUTPUTS } from '../../../../grader/views/outputs/registry.js';
import { SEPARATORS } from '../../any-text.js';
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
  ...Object.values(SEPARATORS),
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
  const records = recordsOf(text).filter(({ verdict }) => verdict === 'fail');
  return { results: gradedResults(text), records: () => records, environment: {} };
}

/** Moodle's worksheet has a template, and its own tests. */
const TRIED = OUTPUTS.filter(({ needsTemplate }) => needsTemplate !== true);

async function read(output: Output, context: OutputContext): Promise<void> {
  const reader = READERS[output.name];
  if (reader === undefined) throw new Error(`there is no reader of ${output.name}`);
  const files = output.files(context);
  // The schema of XML is held against in a program of its own, which takes its time to start.
  for (const file of output.name === 'junit' ? files.slice(0, 1) : files) {
    await reader(contentOf(file));
  }
}

describe('hostile text of a submission or a roster', function () {
  const each = TRICKS.map((trick) => contextOf({ told: trick, student: trick }));
  const together = [0, 1, 2, 3].map((part) => {
    const all = TRICKS.filter((_trick, index) => index % 4 === part).join(' ');
    return contextOf({ told: all, student: all });
  });

  for (const output of TRIED) {
    it(`leaves ${output.name} as its reader takes it`, async () => {
      for (const context of output.name === 'junit' ? together : each) await read(output, context);
    });
  }

  it('leaves all of them so in whatever mixture it comes', () =>
    fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const context = contextOf(text);
        for (const output of TRIED) await read(output, context);
      }),
      { numRuns: 8 },
    ));

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
