import { expect } from 'chai';
import * as fc from 'fast-check';
import { answersOnTheWire } from '../../../harness/checkers/answers-on-the-wire.js';
import { DEFAULT_BUDGET } from '../../../harness/checkers/checker.js';
import type { Operation } from '../../../harness/history/operation.js';
import { createWireWatch, type WireWatch } from '../../../harness/history/wire/wire-watch.js';
import type { FailFinding, Finding } from '../../../harness/lab/verdict.js';
import { putHashOf } from '../../../reference/protocol.js';
import { append, get, history, put, puthash } from '../history/operations.js';

type Sketch = ReturnType<typeof put>;

/** Passes all that a clerk sends for an operation, and is given, to the watch. */
type Traffic = (watch: WireWatch, operation: Operation) => void;

/** An operation, with its traffic. */
type Scene = [sketch: Sketch, traffic: Traffic];

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);
const sent =
  (value: unknown): Traffic =>
  (watch, { client }) =>
    watch.sent(client, 'pb1', json(value));
const given =
  (value: unknown): Traffic =>
  (watch, { client }) =>
    watch.given(client, 'pb1', json(value));
const nothing: Traffic = () => {};

/** What the lab's own clerk does. */
const honest: Traffic = (watch, operation) => {
  const { key, op, value = '', returned = '' } = operation;
  sent({ op, key, ...(op === 'get' ? {} : { value }) })(watch, operation);
  given({ result: { value: op === 'get' ? value : returned } })(watch, operation);
};

/** The finding on these operations, one after the other, of a run that ends long after them. */
function judge(scenes: readonly Scene[], endMs = 60_000): Finding {
  const watch = createWireWatch('vs');
  const operations = history(...scenes.map(([sketch]) => sketch));
  operations.forEach((operation, at) => {
    watch.called({ ...operation, outcome: 'indefinite' });
    scenes[at]?.[1](watch, operation);
    watch.ended(operation);
  });
  const context = { timeline: [], budget: DEFAULT_BUDGET, endMs, wire: watch.facts() };
  return answersOnTheWire.check(operations, context);
}

function failureOf(scenes: readonly Scene[], endMs?: number): FailFinding {
  const finding = judge(scenes, endMs);
  return finding.verdict === 'fail' ? finding : expect.fail(`it passed: ${finding.says}`);
}

const expectPass = (scenes: readonly Scene[], endMs?: number) =>
  expect(judge(scenes, endMs).says).to.satisfy(() => judge(scenes, endMs).verdict === 'pass');

const PUT: Scene = [put('c1', 'first value', 0, 5), honest];

describe('answers on the wire', () => {
  it('are where an honest clerk has them', () => {
    expectPass([
      PUT,
      [append('c1', 'second "value"\n', 10, 15), honest],
      [get('c1', 'first valuesecond "value"\n', 20, 25), honest],
      [puthash('c1', 'third', 'first valuesecond "value"\n', 30, 35), honest],
    ]);
  });

  it('are not looked for in a history alone, or in a protocol that cannot be read', () => {
    const operations = history(get('c1', 'from nowhere', 0, 5));
    const finding = answersOnTheWire.check(operations, { timeline: [], budget: DEFAULT_BUDGET });
    expect(finding.verdict).to.equal('pass');
  });

  it('are missing where a clerk answers without a reply', () => {
    const finding = failureOf([PUT, [get('c1', 'first value', 10, 15), nothing]]);
    expect(finding).to.include({
      class: 'protocol',
      rule: 'kit-wire',
      symptom: 'answer-never-received',
      operation: 'get',
      beyondTiming: true,
      says: 'c1 answered a get of k with "first value" at 15 ms, but no server had sent it that value: no reply came to it during the operation.',
    });
  });

  it('are missing where the replies say something else', () => {
    const { says } = failureOf([
      PUT,
      [get('c1', 'first value', 10, 15), given({ value: 'first' })],
    ]);
    expect(says).to.include(
      'it is not in the one reply that came to it during the operation, from pb1.',
    );
  });

  it('do not come from an earlier reply', () => {
    const read: Scene = [get('c1', 'first value', 10, 15), honest];
    failureOf([PUT, read, [get('c1', 'first value', 20, 25), given({ value: '' })]]);
  });

  it('do not come from the view service', () => {
    const asksViewService: Traffic = (watch) => watch.given('c1', 'vs', json({ v: 'first value' }));
    failureOf([PUT, [get('c1', 'first value', 10, 15), asksViewService]]);
  });

  it('have to come to the clerk that answers', () => {
    const toOther: Traffic = (watch) => watch.given('c2', 'pb1', json({ v: 'first value' }));
    failureOf([PUT, [get('c1', 'first value', 10, 15), toOther]]);
  });

  it('are missing where the value before a puthash did not come', () => {
    const { operation, says } = failureOf([
      PUT,
      [puthash('c1', 'next value', 'before it', 10, 15), sent({ key: 'k', value: 'next value' })],
    ]);
    expect(operation).to.equal('puthash');
    expect(says).to.include('with "before it" at 15 ms');
  });

  it('include updates, which must be sent before the run ends', () => {
    const unsent: Scene = [append('c1', 'second value', 10, 15), sent({ op: 'noop', key: 'k' })];
    expect(failureOf([PUT, unsent])).to.include({
      symptom: 'update-never-sent',
      says: 'c1\'s append of "second value" to k was acknowledged at 15 ms, but c1 never sent it to a server: that value is not in the one request that it sent during the operation, to pb1.',
    });
    expectPass([PUT, unsent], 1000);
    expectPass([PUT, unsent, [get('c1', '', 20, 25), sent({ key: 'k', value: 'second value' })]]);
  });

  it('include the updates of a short run, if none was sent', () => {
    const scenes = [1, 2, 3].map((n): Scene => [put('c1', `value ${n} of c1`, n, n), nothing]);
    expect(failureOf(scenes, 100).says).to.include(
      'during the operation it sent no request to any. There are 3 such operations in this run.',
    );
    expectPass(scenes.slice(1), 100);
  });

  it('are not missed where nothing is returned', () => {
    expectPass([PUT, [get('c1', '', 10, 15), nothing]]);
  });

  it('are not missed if messages could not be kept', () => {
    const flood: Traffic = (watch) => {
      for (let n = 0; n < 20; n++) watch.given('c1', 'pb1', Buffer.alloc(1024 * 1024));
    };
    expectPass([PUT, [get('c1', 'first value', 10, 15), flood]]);
    failureOf([
      PUT,
      [get('c1', 'first value', 10, 15), flood],
      [get('c1', 'another', 20, 25), nothing],
    ]);
  });

  it('may be in other forms, if some are as they are', () => {
    const text = 'first value, ä\u{1F980}"';
    const forms: [string, Buffer][] = [
      ['JSON in JSON', json({ result: JSON.stringify({ value: text }) })],
      ['JSON in ASCII', Buffer.from(asciiJson({ value: text }))],
      ['base64', json({ value: Buffer.from(text).toString('base64') })],
      ['hexadecimal', json({ value: Buffer.from(text).toString('hex') })],
      ['percent signs', Buffer.from(`value=${encodeURIComponent(text)}`)],
      ['UTF-16', Buffer.from(text, 'utf16le')],
    ];
    for (const [, bytes] of forms) {
      expectPass([PUT, [get('c1', text, 10, 15), (watch) => watch.given('c1', 'pb1', bytes)]]);
    }
  });

  it('may come in parts, in several replies', () => {
    const text = Array.from({ length: 100 }, (_, n) => `x c1 ${n} y`).join('');
    const inParts =
      (missing: string): Traffic =>
      (watch, operation) => {
        for (let at = 0; at < text.length; at += 100) {
          given({ part: text.slice(at, at + 100).replace(missing, '') })(watch, operation);
        }
      };
    expectPass([PUT, [get('c1', text, 10, 15), inParts('nothing')]]);
    failureOf([PUT, [get('c1', text, 10, 15), inParts('x c1 50 y')]]);
  });

  it('are not told from a puthash that the clerk does by itself', () => {
    const byPut: Traffic = (watch, operation) => {
      given({ value: 'before it' })(watch, operation);
      sent({ op: 'put', key: 'k', value: putHashOf('before it', 'next value') })(watch, operation);
    };
    expectPass([PUT, [puthash('c1', 'next value', 'before it', 10, 15), byPut]]);
  });
});

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** How a protocol writes a message. */
const PROTOCOLS: Record<string, (fields: unknown[]) => Buffer> = {
  json: (fields) => json({ fields }),
  'JSON in ASCII': (fields) => Buffer.from(asciiJson({ fields })),
  'texts as they are': (fields) => Buffer.from(fields.join('\0')),
  base64: (fields) => json(fields.map((field) => Buffer.from(String(field)).toString('base64'))),
  backwards: (fields) => Buffer.from(Buffer.from(fields.join('\0')).toReversed()),
};

const TEXT = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.nat(99).map((n) => `x c1 ${n} y`),
  fc.constant(''),
);

const OPERATION = fc.record({
  client: fc.constantFrom('c1', 'c2'),
  op: fc.constantFrom<Operation['op'][]>('get', 'put', 'append', 'puthash'),
  key: fc.string({ maxLength: 8 }),
  value: TEXT,
  returned: TEXT,
  /** What becomes of each try but the last. */
  tries: fc.array(fc.constantFrom('request lost', 'reply lost', 'refused', 'twice'), {
    maxLength: 4,
  }),
  /** A late reply to an earlier operation. */
  late: fc.option(TEXT),
  outcome: fc.constantFrom<Operation['outcome'][]>('ok', 'ok', 'ok', 'indefinite'),
});

describe('a lawful clerk is never accused', () => {
  for (const [name, encode] of Object.entries(PROTOCOLS)) {
    it(`whatever happens to its calls, with ${name}`, () => {
      fc.assert(
        fc.property(fc.array(OPERATION, { maxLength: 20 }), (drawn) => {
          const scenes = drawn.map((one, at): Scene => {
            const { returned, tries, late, ...rest } = one;
            const isUpdate = one.op !== 'get';
            const sketch: Sketch = {
              ...rest,
              ...(one.op === 'puthash' ? { returned } : {}),
              callMs: at * 10,
              ...(one.outcome === 'ok' ? { returnMs: at * 10 + 5 } : {}),
            };
            return [
              sketch,
              (watch, { client }) => {
                const request = encode(isUpdate ? [one.op, one.key, one.value] : ['get', one.key]);
                const reply = encode([isUpdate ? returned : one.value]);
                if (late !== null) watch.given(client, 'pb2', encode([late]));
                for (const fate of tries) {
                  watch.sent(client, 'vs', encode(['get']));
                  watch.given(client, 'vs', encode(['pb1', 'pb2']));
                  if (fate === 'request lost') continue;
                  watch.sent(client, 'pb1', request);
                  if (fate === 'refused') watch.given(client, 'pb1', encode(['not primary']));
                  if (fate === 'twice') watch.given(client, 'pb1', reply);
                }
                watch.sent(client, 'pb2', request);
                watch.given(client, 'pb2', reply);
              },
            ];
          });
          return judge(scenes).verdict === 'pass';
        }),
      );
    });
  }
});
