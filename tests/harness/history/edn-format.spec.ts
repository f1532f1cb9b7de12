import { expect } from 'chai';
import { readHistory } from '../../../harness/history/format.js';
import { HistoryFormatError } from '../../../harness/history/history-format-error.js';

const step = (process: number, type: string, op: string, value: string, key = '0') =>
  `{:process ${process}, :type :${type}, :f :${op}, :key "${key}", :value ${value}}`;

describe('history of two lines an operation', () => {
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
    ['a process that is no number', ['{:process :nemesis, :key "0"}'], 1, 'got :nemesis'],
    [
      'a put without a value',
      [step(1, 'invoke', 'put', 'nil')],
      1,
      'the :value that the put writes',
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

  it('survives a string of 100 MB without an end', () => {
    expect(() => readHistory(`{:process 1, :value "${'x'.repeat(100_000_000)}`))
      .to.throw(HistoryFormatError, 'a string with a closing quote')
      .with.property('got')
      .that.has.length.lessThan(120);
  });
});
