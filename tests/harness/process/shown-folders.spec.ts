/** What programs print of folders of this machine. */

import { expect } from 'chai';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { captureOutput, KEPT_BYTES } from '../../../harness/process/captured-output.js';
import { renameFolders, type ShownFolder } from '../../../harness/process/shown-folders.js';
import { describeExit, startProgram } from '../../../harness/process/spawn.js';
import { useSession } from '../../support/session.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const FOLDERS: readonly ShownFolder[] = [
  ['/c/builds/0a', '.'],
  ['/t/s/7/pb1', '.'],
  ['/t/s/7', '..'],
];

const TEXTS: readonly [text: string, shown: string][] = [
  ['File "/c/builds/0a/kv.py", line 3', 'File "kv.py", line 3'],
  ['at serve (file:///c/builds/0a/dist/main.js:10:3)', 'at serve (dist/main.js:10:3)'],
  ['in /c/builds/0a: no rule, in /c/builds/0a.', 'in .: no rule, in ..'],
  ['/t/s/7/pb1/data, /t/s/7/pb1', 'data, .'],
  ['/t/s/7/pb10/data, /t/s/7/vs, /t/s/7', '../pb10/data, ../vs, ..'],
  ['/c/builds/0a.bak /c/builds/0ab /t/s/77/x', '/c/builds/0a.bak /c/builds/0ab /t/s/77/x'],
  ['é /c/builds/0a/é.py -I/c/builds/0a/é /c/builds /', 'é é.py -Ié /c/builds /'],
  ['no folder at all', 'no folder at all'],
];

describe('folders that are shown', () => {
  const pieces = (text: string, bytes: number) => {
    const all = Buffer.from(text);
    const count = Math.ceil(all.length / bytes);
    return Array.from({ length: count }, (_, n) => all.subarray(n * bytes, (n + 1) * bytes));
  };
  const renamed = (text: string, bytes: number, folders = FOLDERS) => {
    const renamer = renameFolders(folders);
    const taken = pieces(text, bytes).map((piece) => renamer.take(piece));
    return Buffer.concat([...taken, renamer.rest()]).toString();
  };

  for (const [text, shown] of TEXTS) {
    it(`make ${JSON.stringify(shown)}, wherever the text is cut`, () => {
      for (let bytes = 1; bytes <= text.length; bytes++) {
        expect(renamed(text, bytes), `pieces of ${bytes}`).to.equal(shown);
      }
    });
  }

  it('keep back no more than a name is long', () => {
    const renamer = renameFolders(FOLDERS);
    let passed = 0;
    for (const piece of pieces('/c/builds/0'.repeat(100), 7)) passed += renamer.take(piece).length;
    expect(passed).to.be.at.least(1100 - '/c/builds/0a/'.length);
  });

  it('leave a text without any alone', () => {
    expect(renamed('/c/builds/0a/kv.py', 5, [])).to.equal('/c/builds/0a/kv.py');
  });

  describe('in captured output', () => {
    const capture = () => {
      const [out, err] = [new PassThrough(), new PassThrough()];
      let now = 0;
      const heard: string[] = [];
      const output = captureOutput([out, err], {
        onFlood: () => expect.fail('no flood'),
        onPrinted: (chunk, stream) => heard.push(`${stream}: ${chunk.toString()}`),
        now: () => now,
        folders: FOLDERS,
      });
      const print = (stream: PassThrough, text: string, atMs = now) => {
        now = atMs;
        stream.emit('data', Buffer.from(text));
      };
      return { out, err, output, heard, print };
    };

    it('are renamed in each stream by itself', () => {
      const { out, err, output, heard, print } = capture();
      print(out, 'at /c/bui');
      print(err, 'error\n');
      print(out, 'lds/0a/kv.py\n');
      expect(output.text()).to.equal('at error\nkv.py\n');
      expect(heard).to.deep.equal(['0: at ', '1: error\n', '0: kv.py\n']);
    });

    it('are told in full as soon as somebody asks', () => {
      const { out, output, heard, print } = capture();
      print(out, 'cannot open /c/bui');
      expect(output.text()).to.equal('cannot open /c/bui');
      expect(heard.join('')).to.equal('0: cannot open 0: /c/bui');
    });

    it('do not shift the times of what follows them', () => {
      const { out, output, print } = capture();
      print(out, '/c/builds/0a/one\n', 10);
      print(out, '/c/builds/0a/two\n', 20);
      const text = output.text();
      expect(text).to.equal('one\ntwo\n');
      expect(output.arrivals().map(([at, atMs]) => [text.slice(at, at + 3), atMs])).to.deep.equal([
        ['one', 10],
        ['two', 20],
      ]);
    });

    it('are renamed in what is kept of a flood', () => {
      const { out, output, print } = capture();
      for (let n = 0; n < 20_000; n++) print(out, `/c/builds/0a/${n}\n`);
      expect(output.text()).not.to.include('/c/');
      expect(output.text().length).to.be.below(3 * KEPT_BYTES);
    });
  });
});

describe('a program', () => {
  const session = useSession();
  const place = useTemporaryDirectory();

  it('tells of its folder as such, by whatever path it knows it, and whomever it tells', async () => {
    const [real, link] = [join(place(), 'real'), join(place(), 'link')];
    mkdirSync(real);
    symlinkSync('real', link);
    const program = startProgram({
      argv: ['sh', '-c', `echo "$(pwd -P)/a ${link}/b"; echo "$(pwd -P)/c ${link}/d" >&2`],
      directory: link,
      mark: `${session().mark}shown/`,
      environment: {},
      conversation: true,
      onFlood: () => {},
      folders: [[link, '.']],
    });
    let said = '';
    program.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await program.ended;
    expect(program.output.text()).to.equal('c d\n');
    expect(said).to.equal('a b\n');
    await program.kill();
  });

  it('that cannot be started is reported without the folder of the machine', async () => {
    const program = startProgram({
      argv: [join(place(), 'kv.py')],
      directory: place(),
      mark: `${session().mark}unstarted/`,
      environment: {},
      conversation: false,
      onFlood: () => {},
      folders: [[place(), '.']],
    });
    expect(describeExit(await program.exited)).to.equal(
      'could not be started: kv.py: no such file or directory',
    );
    await program.kill();
  });
});
