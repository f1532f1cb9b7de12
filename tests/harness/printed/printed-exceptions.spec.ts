/** Exceptions in the output of programs, as five languages print them. */

import { expect } from 'chai';
import { exceptionsIn } from '../../../harness/printed/printed-exceptions.js';

const PYTHON = `Exception in thread Thread-3 (handle):
Traceback (most recent call last):
  File "/usr/lib/python3.11/threading.py", line 1038, in _bootstrap_inner
    self.run()
  File "/box/server.py", line 41, in handle
    reply(self.data[key])
          ~~~~~~~~~^^^^^
KeyError: 'k1'
`;

const REPORTS: Record<string, [text: string, last: string]> = {
  'a thread of Python': [PYTHON, "KeyError: 'k1'"],
  'socketserver of Python': [
    'Exception occurred during processing of request from \n' +
      'Traceback (most recent call last):\n  File "a.py", line 3, in handle\n    1 / 0\n' +
      'ZeroDivisionError: division by zero\n',
    'ZeroDivisionError: division by zero',
  ],
  Java: [
    'Exception in thread "Thread-2" java.lang.NullPointerException: Cannot invoke "String.length()"\n' +
      '\tat Server.handle(Server.java:88)\n\tat java.base/java.lang.Thread.run(Thread.java:840)\n',
    '\tat java.base/java.lang.Thread.run(Thread.java:840)',
  ],
  'a Java program that prints the stack itself': [
    'java.io.IOException: Broken pipe\n\tat Server.answer(Server.java:19)\nCaused by: java.lang.Error: x\n\t... 3 more\n',
    '\t... 3 more',
  ],
  Node: [
    "TypeError: Cannot read properties of undefined (reading 'primary')\n    at serve (file:///box/main.js:12:9)\n",
    '    at serve (file:///box/main.js:12:9)',
  ],
  Rust: [
    "thread '<unnamed>' panicked at src/main.rs:77:31:\ncalled `Option::unwrap()` on a `None` value\n" +
      'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n',
    'called `Option::unwrap()` on a `None` value',
  ],
};

describe('the exceptions in the output of', () => {
  for (const [language, [text, last]] of Object.entries(REPORTS)) {
    it(`${language} are found whole, between other lines`, () => {
      const [found, ...others] = exceptionsIn(`listening\n${text}served get k2\n`);
      expect(others).to.deep.equal([]);
      expect(found?.position).to.equal('listening\n'.length);
      expect(found?.lines[0]).to.equal(text.split('\n')[0]);
      expect(found?.lines.at(-1)).to.equal(last);
    });
  }

  it('a program that prints the same again are counted, whatever their numbers', () => {
    const again = PYTHON.replace('Thread-3', 'Thread-17');
    const other = PYTHON.replace('KeyError', 'ValueError');
    expect(exceptionsIn(PYTHON + again + other).map(({ times }) => times)).to.deep.equal([2, 1]);
  });

  it('a program that only speaks of errors are none', () => {
    const lines = [
      'Error: not-primary',
      'TypeError: it is one line',
      'Traceback follows',
      'dial unix pb1: connect: no such file or directory',
      'thread main panicked at nothing',
    ];
    expect(exceptionsIn(lines.join('\n'))).to.deep.equal([]);
  });

  it('a deep recursion are cut in the middle', () => {
    const frames = Array.from(
      { length: 1000 },
      (_, n) => `  File "a.py", line ${n}, in f\n    f()`,
    );
    const [found] = exceptionsIn(
      ['Traceback (most recent call last):', ...frames, 'RecursionError: deep', ''].join('\n'),
    );
    expect(found?.lines).to.have.length(13);
    expect(found?.lines[6]).to.equal('  ... 1990 lines ...');
    expect(found?.lines.at(-1)).to.equal('RecursionError: deep');
  });
});
