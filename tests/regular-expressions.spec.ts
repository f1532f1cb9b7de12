/**
 * Regular expressions that text of a submission can reach. In JavaScript `.` matches neither U+2028 nor U+2029 nor a
 * carriage return, and with the flag `m` the signs `^` and `$` match beside them; no file format of ours and no
 * language of a submission ends a line there.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sourceFiles } from './imports.js';
import { ROOT } from './root.js';

const LITERAL =
  /(?<=[=(,:[!&|?{;]\s*|=>\s*|\breturn\s+|^\s*)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^\\/[\n])+)\/([a-z]*)/gm;

const RAW = /String\.raw`([^`]*)`/g;

interface Expression {
  file: string;
  source: string;
  flags: string;
}

function expressionsIn(file: string, text: string): Expression[] {
  const code = text.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  const literals = [...code.matchAll(LITERAL)].map(([, source = '', flags = '']) => ({
    file,
    source,
    flags,
  }));
  const raw = [...code.matchAll(RAW)].map(([, source = '']) => ({ file, source, flags: '' }));
  return [...literals, ...raw];
}

/** What is left of a pattern without escaped signs and without classes. */
function bare(source: string): string {
  return source.replaceAll(/\\[^]|\[(?:\\[^]|[^\]\\])*\]|\$\{[^}]*\}/g, '');
}

function isShortOfLines({ source, flags }: Expression): boolean {
  return bare(source).includes('.') && !flags.includes('s');
}

function breaksAtSeparators({ source, flags }: Expression): boolean {
  return flags.includes('m') && /[$^]/.test(bare(source));
}

describe('the regular expressions of the kit', () => {
  const all = ['harness', 'grader']
    .flatMap((room) => sourceFiles(ROOT, room))
    .flatMap((file) => expressionsIn(file, readFileSync(join(ROOT, file), 'utf8')));
  const named = ({ file, source, flags }: Expression) => `${file}: /${source}/${flags}`;

  it('match any sign where they say any sign', () => {
    expect(all.length).to.be.above(100);
    expect(all.filter(isShortOfLines).map(named)).to.deep.equal([]);
  });

  it('take nothing but a line feed for the end of a line', () => {
    expect(all.filter(breaksAtSeparators).map(named)).to.deep.equal([]);
  });

  it('are found in a text, and told apart', () => {
    const found = expressionsIn(
      'a.ts',
      [
        String.raw`const LINE = /^\{"a":(.*)\}$/;`,
        String.raw`const WHOLE = /^(.*)$/s;`,
        String.raw`if (/[.]\./.test(text)) return /^x$/gm;`,
        'const half = a / b / c.d;',
        '// as in /a.b/',
        'const RAW = String.raw`"(?:x|\\\\.)*"`;',
      ].join('\n'),
    );
    expect(found.map(({ source }) => source)).to.have.lengthOf(5);
    expect(found.map(isShortOfLines)).to.deep.equal([true, false, false, false, true]);
    expect(found.map(breaksAtSeparators)).to.deep.equal([false, false, false, true, false]);
  });
});
