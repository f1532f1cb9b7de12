import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  openRegularFile,
  readRegularFile,
  readRegularText,
  readTextIfPresent,
  UnreadableFile,
  type Reading,
} from '../../../harness/ground/read-regular-file.js';
import { makeFifo } from '../../support/fifo.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

describe('reading a regular file', () => {
  const place = useTemporaryDirectory();
  const at = (name: string) => join(place(), name);
  const complaint = (name: string, reading?: Reading): string => {
    try {
      readRegularFile(at(name), reading);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      expect(error.message).to.contain(at(name));
      return `${error.got} / ${error.expected}`;
    }
    throw new Error('it was read');
  };

  it('gives all of its bytes, whatever its size', () => {
    for (const size of [0, 1, 65_536, 65_537, 1_000_000]) {
      const bytes = Buffer.alloc(size, 'abc');
      writeFileSync(at('file'), bytes);
      expect(readRegularFile(at('file')).equals(bytes), `${size} bytes`).to.equal(true);
    }
  });

  it('reads a file that tells no size', () => {
    expect(readRegularText('/proc/self/status')).to.match(/^Name:/);
  });

  it('refuses what is no file, and says what it is', async () => {
    makeFifo(at('fifo'));
    mkdirSync(at('folder'));
    expect(complaint('fifo')).to.equal('a FIFO (named pipe) / a regular file');
    expect(complaint('folder')).to.equal('a directory / a regular file');
    expect(complaint('nothing')).to.equal('ENOENT (no such file) / a regular file');
    const server = createServer().listen(at('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(complaint('socket')).to.equal('a socket / a regular file');
    server.close();
    for (const links of ['refused', 'followed'] as const) {
      expect(() => readRegularFile('/dev/zero', { links })).to.throw(
        UnreadableFile,
        'got a device',
      );
    }
  });

  it('follows a link only if it may', () => {
    writeFileSync(at('file'), 'text');
    mkdirSync(at('inner'));
    writeFileSync(at('inner/own'), 'own');
    symlinkSync('file', at('link'));
    symlinkSync('own', at('inner/link'));
    symlinkSync('../file', at('inner/out'));
    symlinkSync('out', at('inner/far'));
    symlinkSync('nothing', at('inner/nowhere'));
    symlinkSync('..', at('inner/up'));
    symlinkSync('circle', at('inner/circle'));
    makeFifo(at('fifo'));
    symlinkSync('fifo', at('to-fifo'));
    const inside: Reading = { links: { inside: at('inner') } };

    expect(complaint('link')).to.equal('a link to file / a regular file');
    expect(readRegularText(at('link'), { links: 'followed' })).to.equal('text');
    expect(complaint('to-fifo', { links: 'followed' })).to.match(/^a FIFO/);
    expect(readRegularText(at('inner/own'), inside)).to.equal('own');
    expect(readRegularText(at('inner/link'), inside)).to.equal('own');
    const allowed = 'a regular file, or a link to one in the submission';
    const out = (to: string) => `a link to ${to} that leads out of the submission / ${allowed}`;
    expect(complaint('inner/out', inside)).to.equal(out('../file'));
    expect(complaint('inner/far', inside)).to.equal(out('out'));
    expect(complaint('inner/up/file', inside)).to.match(/^a path that leads out of the submission/);
    for (const name of ['nowhere', 'circle']) {
      expect(complaint(`inner/${name}`, inside)).to.contain('that leads nowhere');
    }
  });

  it('stops at a limit, without reading what is beyond it', () => {
    writeFileSync(at('file'), 'x'.repeat(100));
    expect(readRegularFile(at('file'), { limitBytes: 100 })).to.have.length(100);
    expect(complaint('file', { limitBytes: 99 })).to.equal(
      'a file of more than 99 bytes / at most 99 bytes',
    );
    truncateSync(at('file'), 2 ** 42);
    expect(complaint('file')).to.equal('a file of more than 500 MiB / at most 500 MiB');
    appendFileSync(at('other'), 'x');
    expect(() => readRegularFile('/proc/self/status', { limitBytes: 10 })).to.throw('at most 10');
  });

  it('tells what is not there from what cannot be read', () => {
    makeFifo(at('fifo'));
    expect(readTextIfPresent(at('nothing'))).to.equal(undefined);
    expect(() => readTextIfPresent(at('fifo'))).to.throw(UnreadableFile);
  });

  it('leaves no descriptor behind', async () => {
    makeFifo(at('fifo'));
    writeFileSync(at('file'), 'text');
    const descriptors = () => readdirSync('/proc/self/fd').length;
    const before = descriptors();
    for (const name of ['fifo', 'file', 'nothing', '.']) {
      try {
        readRegularFile(at(name), { limitBytes: 1 });
      } catch (error) {
        expect(error).to.be.instanceOf(UnreadableFile);
      }
      const opened: unknown = await openRegularFile(at(name)).then(
        (handle) => handle.close(),
        (error: unknown) => error,
      );
      if (name !== 'file') expect(opened).to.be.instanceOf(UnreadableFile);
    }
    expect(descriptors()).to.equal(before);
  });
});
