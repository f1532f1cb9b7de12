import { expect } from 'chai';
import * as fc from 'fast-check';
import { readHistory } from '../../../harness/history/format.js';
import { HistoryFormatError } from '../../../harness/history/history-format-error.js';

const step = (process: number, type: string, op: string, value: string, key = '0') =>
  `{:process ${process}, :type :${type}, :f :${op}, :key "${key}", :value ${value}}`;

/** Steps as JSON objects. */
function jsonOf(...steps: string[]): string[] {
  return steps.map((edn) =>
    edn
      .replaceAll(/:(\w+) :?/g, '"$1": ')
      .replaceAll(/: (\w+)/g, (_, word: string) =>
        /^\d|^nil$/.test(word) ? `: ${word}` : `: "${word}"`,
      )
      .replaceAll('nil', 'null'),
  );
}

describe('history of two entries an operation', () => {
  it('takes line numbers as times and the order of invokes as ids', () => {
    const text = [
      step(3, 'invoke', 'append', '"x"'),
      step(1, 'invoke', 'get', 'nil'),
      step(1, 'ok', 'get', '"x"'),
      step(3, 'ok', 'append', '"x"'),
    ].join('\n');
    expect(readHistory(text)).to.deep.equal([
      {
        id: 0,
        client: 'c3',
        op: 'append',
        key: '0',
        value: 'x',
        callMs: 1,
        returnMs: 4,
        outcome: 'ok',
      },
      {
        id: 1,
        client: 'c1',
        op: 'get',
        key: '0',
        value: 'x',
        callMs: 2,
        returnMs: 3,
        outcome: 'ok',
      },
    ]);
  });

  it('knows failed operations, indefinite ones and those without an end', () => {
    const text = [
      step(1, 'invoke', 'put', '"a"'),
      step(1, 'fail', 'put', '"a"'),
      step(1, 'invoke', 'put', '"b"'),
      step(1, 'info', 'put', 'nil'),
      step(1, 'invoke', 'get', 'nil'),
    ].join('\r\n');
    const ends = readHistory(text).map(({ outcome, returnMs }) => [outcome, returnMs]);
    expect(ends).to.deep.equal([
      ['failed', 2],
      ['indefinite', undefined],
      ['indefinite', undefined],
    ]);
  });

  it('reads escapes in strings', () => {
    const text = `${step(1, 'invoke', 'put', String.raw`"a\"b\\c\n\tA"`)}\n`;
    expect(readHistory(text)[0]?.value).to.equal('a"b\\c\n\tA');
    const unicode = step(1, 'invoke', 'put', String.raw`"\u00e4\u0041"`);
    expect(readHistory(unicode)[0]?.value).to.equal('äA');
  });

  const BAD: [name: string, lines: string[], line: number, words: string][] = [
    ['a string without an end', ['{:process 1, :value "abc'], 1, 'closing quote, got "abc'],
    ['a map without an end', ['{:process 1'], 1, 'a closing brace, got the end of the line'],
    ['text behind the map', [`${step(1, 'invoke', 'get', 'nil')} x`], 1, 'the end of the line'],
    ['a key given twice', ['{:process 1, :process 2}'], 1, ':process once'],
    ['a strange escape', [step(1, 'invoke', 'put', String.raw`"a\q"`)], 1, String.raw`got \q`],
    ['an unknown operation', [step(1, 'invoke', 'cas', 'nil')], 1, ':f to be one of :get, :put'],
    ['an unknown type', [step(1, 'start', 'get', 'nil')], 1, ':type to be one of :invoke'],
    ['a process that is no number', ['{:process 1.5, :key "0"}'], 1, 'got 1.5'],
    ['an entry without a process', ['{:type :ok, :f :get}'], 1, 'got none'],
    [
      'a compare-and-set',
      [step(1, 'invoke', 'cas', '[1 2]')],
      1,
      'compare-and-set cannot be judged',
    ],
    ['a value of another kind', [step(1, 'invoke', 'put', '{:a 1}')], 1, 'got {:a 1}'],
    ['a put without a key', ['{:process 1, :type :invoke, :f :put, :value 1}'], 1, ':key to be'],
    [
      'a map that the next one cuts short',
      ['{:process 1, :type :invoke', step(1, 'ok', 'get', 'nil')],
      2,
      'the closing brace of line 1',
    ],
    ['a vector without an end', [`[${step(1, 'invoke', 'get', 'nil')}`], 1, 'a closing bracket'],
    ['text behind the vector', ['[]', 'x'], 2, 'nothing after the'],
    [
      'keys in some operations and none in others',
      [step(1, 'invoke', 'read', 'nil'), '{:process 2, :type :invoke, :f :read}'],
      2,
      'a key, as on line 1',
    ],
    ['values nested too deep', [`{:process 1, :x ${'['.repeat(9_999)}`], 1, 'no more than 50'],
    ['too many discards', [`${'#_ '.repeat(99_999)} x`], 1, 'no more than 50'],
    [
      'a put without a value',
      [step(1, 'invoke', 'put', 'nil')],
      1,
      'the :value that the put writes',
    ],
    [
      'a read that is ok without a value',
      [step(1, 'invoke', 'read', 'nil'), '{:process 1, :type :ok, :f :read}'],
      2,
      'the :value that the get returned, got none',
    ],
    [
      'the same in JSON',
      jsonOf(step(1, 'invoke', 'read', 'nil'), '{:process 1, :type :ok, :f :read}'),
      2,
      'the "value" that the get returned, got none',
    ],
    [
      'an operation of a client with a name that is none of a register',
      [
        step(1, 'invoke', 'put', '1').replace('process 1', 'process :w'),
        '{:process :w, :type :info, :f :kill}',
      ],
      2,
      ':f to be one of',
    ],
    [
      'a compare-and-set by a client with a name',
      [step(1, 'invoke', 'cas', '[1 2]').replace('process 1', 'process :w')],
      1,
      'compare-and-set cannot be judged',
    ],
    ['an end without an invoke', [step(1, 'ok', 'get', '"a"')], 1, 'an :invoke first'],
    [
      'two operations of a process under way',
      [step(1, 'invoke', 'get', 'nil'), step(1, 'invoke', 'get', 'nil')],
      2,
      'the end of its operation of line 1',
    ],
    [
      'two ends of one operation',
      [step(1, 'invoke', 'get', 'nil'), step(1, 'ok', 'get', '""'), step(1, 'ok', 'get', '""')],
      3,
      'one end for each',
    ],
    [
      'an end of another operation',
      [step(1, 'invoke', 'get', 'nil'), step(1, 'ok', 'get', '""', '7')],
      2,
      'the end of the get of key "0" invoked on line 1',
    ],
    [
      'an end with another value',
      [step(1, 'invoke', 'put', '"a"'), step(1, 'ok', 'put', '"b"')],
      2,
      'the :value of the invoke, "a", got "b"',
    ],
  ];

  for (const [name, lines, at, words] of BAD) {
    it(`complains about ${name}`, () => {
      expect(() => readHistory(lines.join('\n')))
        .to.throw(HistoryFormatError, words)
        .with.property('line', at);
    });
  }

  it('says in which column of the line', () => {
    expect(() => readHistory('\n{:process 0, :value @}')).to.throw(
      HistoryFormatError,
      'history, line 2: expected :type to be one of :invoke, :ok, :fail, :info, got none',
    );
    expect(() => readHistory('\n{:process 0, :value )}')).to.throw(
      'history, line 2: expected a keyword, a whole number, a string or nil, got )} (column 21)',
    );
  });

  const put = step(0, 'invoke', 'put', '"a"', 'k');
  const done = step(0, 'ok', 'put', '"a"', 'k');
  const asked = { id: 0, client: 'c0', op: 'put', key: 'k', value: 'a', outcome: 'ok' };
  const SAME: [name: string, text: string, atMs: [number, number]][] = [
    ['comments and blank lines', `; a\n\n${put} ; b\n;c\n${done}`, [3, 5]],
    ['one vector', `[${put}\n ${done}]\n`, [1, 2]],
    ['one list on one line', `(${put} ${done})`, [1, 2]],
    ['maps over several lines', put.replaceAll(',', '\n') + done, [1, 5]],
    [
      'what a nemesis did',
      `${put}\n{:process :nemesis, :f :kill, :value [1 2 3]}\n${done}`,
      [1, 3],
    ],
    [
      'fields that it does not know',
      `${put}\n${done.replace('{', '{:x #{1 [a]} :y \\a, ')}`,
      [1, 2],
    ],
    ['tags and discarded values', `#_ {:x 1} #op.Op${put} #_ #_ 1 2 #a/b ${done} #_{}`, [1, 2]],
    [
      'a key in the value',
      `${put}\n${done}`.replaceAll(':key "k", :value "a"', ':value ["k" "a"]'),
      [1, 2],
    ],
    ['JSON lines', jsonOf(put, done).join('\n'), [1, 2]],
    ['a JSON array', `[\n${jsonOf(put, done).join(',\n')}\n]`, [2, 3]],
    ['a JSON array on one line', `[${jsonOf(put, done).join(',')}]`, [1, 2]],
  ];
  for (const [name, text, [callMs, returnMs]] of SAME) {
    it(`reads ${name}`, () => {
      expect(readHistory(text)).to.deep.equal([{ ...asked, callMs, returnMs }]);
    });
  }

  it('takes whole numbers by their digits, of any length', () => {
    const long = '123456789012345678901234567890';
    const values = ['7', '-7', '7N', '+7', long].map((value, at) =>
      step(at, 'invoke', 'put', value),
    );
    expect(readHistory(values.join('\n')).map(({ value }) => value)).to.deep.equal([
      '7',
      '-7',
      '7',
      '7',
      long,
    ]);
    const json = jsonOf(step(0, 'invoke', 'put', '"a"'))
      .join('')
      .replace('"a"', long);
    expect(() => readHistory(json)).to.throw(HistoryFormatError, '"value" to be a string');
  });

  it('calls what has no key a register, and its reads and writes gets and puts', () => {
    const text =
      '{:process 5, :type :invoke, :f :write, :value 3}\n{:process 6, :type :invoke, :f :read}';
    expect(readHistory(text).map(({ client, op, key }) => [client, op, key])).to.deep.equal([
      ['c5', 'put', 'register'],
      ['c6', 'get', 'register'],
    ]);
  });

  it('takes processes that are keywords or strings for clients, each by its name', () => {
    const text = [':c1', '"c1"', '1', ':reader', '"w"']
      .map((process) => `{:process ${process}, :type :invoke, :f :read, :value nil}`)
      .join('\n');
    const clients = readHistory(text).map(({ client }) => client);
    expect(clients).to.deep.equal([':c1', '"c1"', 'c1', ':reader', 'w']);
  });

  it('skips a nemesis by any name, and the one of that name whatever it does', () => {
    const text = [
      '{:process :nemesis, :type :info, :f :write, :value 1}',
      '{"process": "nemesis", "type": "info", "f": "write", "value": 1}',
      '{:process :clock-nemesis, :type :info, :f :bump}',
    ];
    for (const line of text) expect(readHistory(line), line).to.deep.equal([]);
  });

  it('takes a read of nil for one of nothing', () => {
    const text =
      '{:process 1, :type :invoke, :f :read}\n{:process 1, :type :ok, :f :read, :value nil}';
    expect(readHistory(text)).to.have.nested.property('[0].value', '');
  });

  it('takes keywords as keys', () => {
    const text = '{:process 0, :type :invoke, :f :write, :value [:x 3]}';
    expect(readHistory(text)).to.have.nested.property('[0].key', ':x');
  });

  it('complains about JSON that is nested too deep to be shown', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const text of [
      `{"process":0,"type":"invoke","f":"write","value":${deep}}`,
      `{"client":"c1","op":"put","key":"k","value":${deep}}`,
      `{"x":${deep}}`,
      `[${deep}]`,
    ]) {
      expect(() => readHistory(text)).to.throw(HistoryFormatError, 'got values nested too deep');
    }
  });

  it('reads nothing as no operations', () => {
    for (const text of ['[]', '[ ]\n', '()', '{:process :nemesis, :type :info, :f :kill}']) {
      expect(readHistory(text), text).to.deep.equal([]);
    }
  });

  it('reads 100,000 entries on one line', () => {
    const steps = Array.from({ length: 50_000 }, () => `${put} ${done}`);
    expect(readHistory(`[${steps.join(' ')}]`)).to.have.length(50_000);
  });

  it('reads a damaged history, or complains; it never breaks', () => {
    const texts = [
      `[${put}\n ${done}]`,
      `; x\n${put}\n${done}`,
      `[${jsonOf(put, done).join(',\n')}]`,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.nat({ max: 200 }),
        fc.nat({ max: 5 }),
        fc.constantFrom(
          '',
          '"',
          '\\',
          '{',
          '}',
          '[',
          ']',
          '#',
          '#_',
          ';',
          ':',
          ',',
          '\n',
          '1',
          'nil',
        ),
        (text, at, length, inserted) => {
          try {
            readHistory(text.slice(0, at) + inserted + text.slice(at + length));
          } catch (error) {
            expect(error).to.be.instanceOf(HistoryFormatError);
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('survives a string of 100 MB without an end', () => {
    expect(() => readHistory(`{:process 1, :value "${'x'.repeat(100_000_000)}`))
      .to.throw(HistoryFormatError, 'a string with a closing quote')
      .with.property('got')
      .that.has.length.lessThan(120);
  });
});
