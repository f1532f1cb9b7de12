import { execFileSync } from 'node:child_process';
import fs, {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { stub } from 'sinon';
import { UnfitSubmission, UsageError } from '../../../harness/ground/errors.js';
import { openArchive } from '../../../harness/submission/archives/open-archive.js';
import { digestTree } from '../../../harness/submission/digest.js';
import { tarOf, zipOf, type ArchiveEntry, type TarEntry } from '../../support/archives.js';
import { useOwnCache } from '../../support/cache.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const MIB = 2 ** 20;

/** Compresses to a thousandth. */
const ZEROS = Buffer.alloc(40 * MIB);

const LINK = 0o120_777;

/** Where links lead in archives that must not be opened. */
const OUTSIDE = mkdtempSync(join(tmpdir(), 'outside-'));

/** What is in a zip file that must not be opened, and what is said of it. */
const badZips: [string, ArchiveEntry[], RegExp][] = [
  ['a path that leads out', [{ path: '../evil' }], /\.\.\/evil/],
  ['a path that leads out in the middle', [{ path: 'a/../../evil' }], /\.\.\/\.\.\/evil/],
  ['a path of Windows that leads out', [{ path: '..\\evil' }], /\.\.\/evil/],
  ['an absolute path', [{ path: '/tmp/evil' }], /absolute path/],
  ['a drive', [{ path: 'C:/evil' }], /absolute path/],
  ['a pipe', [{ path: 'pipe', mode: 0o010_644 }], /pipe, which is not a file, folder or link/],
  ['a device', [{ path: 'dev', mode: 0o060_644 }], /dev, which is not a file, folder or link/],
  ['a bomb', [{ path: 'zeros', content: ZEROS }], /packed more than 100 to 1/],
  ['a file twice', [{ path: 'a' }, { path: 'a' }], /EEXIST/],
  [
    'a file that is a folder',
    [{ path: 'a' }, { path: 'a/b' }],
    /a\/b, but the same name is both a file/,
  ],
  [
    'a folder that is a file',
    [{ path: 'a/b' }, { path: 'a' }],
    /a, but the same name is both a file/,
  ],
  ['a name that is too long', [{ path: 'ä'.repeat(200) }], /whose name is too long/],
  [
    'a path that is too long',
    [{ path: 'abcdefghij'.repeat(10).concat('/').repeat(40) }],
    /too long/,
  ],
  ['a link without a target', [{ path: 'l', mode: LINK }], /l, a link without a target/],
  ...(['l/x', 'l/x/y', 'L/x', 'l', 'L', './l//x'] as const).flatMap((path) => {
    const link = { path: 'l', content: OUTSIDE, mode: LINK };
    const second = [{ path }, { path, content: '/etc', mode: LINK }, { path: `${path}/` }];
    return second.flatMap((other, at): [string, ArchiveEntry[], RegExp][] => [
      [`${path} (${at}) behind a link l`, [link, other], /which leads through a link/],
      [
        `${path} (${at}) before a link l`,
        [other, link],
        /another entry of that name|leads through a link/,
      ],
    ]);
  }),
];

const SAFE_LINK = { path: 'l', type: '2', link: 'd' };

const badTars: [string, TarEntry[], RegExp][] = [
  ['a path that leads out', [{ path: '../evil' }], /\.\.\/evil, which leads out of it/],
  ['an absolute path', [{ path: '/tmp/evil' }], /absolute path/],
  ['a hard link', [{ path: 'a' }, { path: 'b', type: '1', link: 'a' }], /b, which is not a file/],
  ['a device', [{ path: 'null', type: '3' }], /null, which is not a file/],
  ['a pipe', [{ path: 'pipe', type: '6' }], /pipe, which is not a file/],
  ['a link out', [{ path: 'l', type: '2', link: '../../etc' }], /l|linkpath/],
  [
    'a file that is a folder',
    [{ path: 'a' }, { path: 'a/b' }],
    /a\/b, but the same name is both a file/,
  ],
  ['a hard link through a link', [SAFE_LINK, { path: 'b', type: '1', link: 'l/x' }], /b, which is/],
  ...(['l/x', 'L/x', 'l', 'L'] as const).flatMap((path) =>
    [{ path }, { path, type: '2', link: 'e' }, { path: `${path}/`, type: '5' }].flatMap(
      (other, at): [string, TarEntry[], RegExp][] => [
        [`${path} (${at}) behind a link l`, [SAFE_LINK, other], /which leads through a link/],
        [
          `${path} (${at}) before a link l`,
          [other, SAFE_LINK],
          /another entry of that name|leads through a link/,
        ],
      ],
    ),
  ),
  ['a bomb', [{ path: 'zeros', content: '\0'.repeat(40 * MIB) }], /100 to 1|ratio/],
];

describe('an archive', function () {
  const place = useTemporaryDirectory();
  useOwnCache(place);
  after(() => rmSync(OUTSIDE, { recursive: true }));
  const open = (bytes: Buffer) => {
    const file = join(place(), 'archive');
    writeFileSync(file, bytes);
    return openArchive(file, 'alice/lab2.zip');
  };
  const refusal = async (bytes: Buffer): Promise<string> => {
    const error: unknown = await open(bytes).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UnfitSubmission);
    return error instanceof Error ? error.message : '';
  };

  it('of either kind gives the files that are in it, with what can be executed', async () => {
    const entries = [
      { path: 'a/b.txt', content: 'text' },
      { path: 'a/run', content: 'exit', mode: 0o755 },
    ];
    const zip = zipOf(
      entries.map(({ mode, ...one }) => ({ ...one, ...(mode && { mode: 0o100_755 }) })),
    );
    const tar = tarOf(entries);
    const folders: string[] = [];
    for (const bytes of [zip, tar, gzipSync(tar)]) folders.push(await open(bytes));
    expect(new Set(folders).size).to.equal(3);
    expect(new Set(await Promise.all(folders.map((root) => digestTree(root)))).size).to.equal(1);
    for (const folder of folders) {
      expect(readFileSync(join(folder, 'a/b.txt'), 'utf8')).to.equal('text');
      expect(statSync(join(folder, 'a/run')).mode & 0o777).to.equal(0o755);
      expect(statSync(join(folder, 'a/b.txt')).mode & 0o777).to.equal(0o644);
    }
  });

  it('may have links in it, and one that leads out is no part of a submission', async () => {
    const folder = await open(zipOf([{ path: 'a/b' }, { path: 'l', content: 'a/b', mode: LINK }]));
    expect(readlinkSync(join(folder, 'l'))).to.equal('a/b');
    const out = await open(zipOf([{ path: 'l', content: '/etc/passwd', mode: LINK }]));
    expect(lstatSync(join(out, 'l')).isSymbolicLink()).to.equal(true);
    const error: unknown = await digestTree(out).catch((thrown: unknown) => thrown);
    expect(error)
      .to.be.instanceOf(UnfitSubmission)
      .with.property('message')
      .that.contains('leads out');
  });

  for (const [what, entries, says] of badZips) {
    it(`as a zip file with ${what} is not opened, and nothing of it is left`, async () => {
      const message = await refusal(zipOf(entries));
      expect(message)
        .to.match(says)
        .and.match(/^the archive alice\/lab2\.zip was not opened: /);
      expect(message).not.to.contain(place());
      expect(readdirSync(OUTSIDE)).to.deep.equal([]);
      expect(readdirSync(join(place(), 'cache/pblab/unpacked'))).to.deep.equal([]);
    });
  }

  for (const [what, entries, says] of badTars) {
    it(`as a tar file with ${what} is not opened, and nothing of it is left`, async () => {
      const message = await refusal(gzipSync(tarOf(entries)));
      expect(message)
        .to.match(says)
        .and.match(/^the archive alice\/lab2\.zip was not opened: /);
      expect(readdirSync(join(place(), 'cache/pblab/unpacked'))).to.deep.equal([]);
      expect(existsSync('/tmp/evil')).to.equal(false);
    });
  }

  it('is not opened on a broken disk, which is not the fault of its author', async () => {
    const broken = Object.assign(new Error('EIO: i/o error, write'), {
      code: 'EIO',
      errno: -5,
      syscall: 'write',
    });
    const entries = [{ path: 'a', content: 'text' }];
    for (const bytes of [zipOf(entries), tarOf(entries)]) {
      const write = stub(fs, 'write').callsArgWithAsync(5, broken);
      const error: unknown = await open(bytes).catch((thrown: unknown) => thrown);
      write.restore();
      expect(error).to.equal(broken);
    }
    // The memory of a process is a regular file, of which the first bytes cannot be read.
    const unread: unknown = await openArchive('/proc/self/mem', 'x.zip').catch((e: unknown) => e);
    expect(unread).to.have.property('code', 'EIO');
  });

  it('that the caller may not read is a matter of the caller', async () => {
    const file = join(place(), 'archive');
    writeFileSync(file, zipOf([{ path: 'a' }]), { mode: 0 });
    const user = process.geteuid?.();
    if (user === 0) process.seteuid?.(65_534);
    const opening = openArchive(file, 'alice/lab2.zip').catch((thrown: unknown) => thrown);
    if (user === 0) process.seteuid?.(0);
    const error: unknown = await opening;
    expect(error).not.to.be.instanceOf(UnfitSubmission);
    expect(error)
      .to.be.instanceOf(UsageError)
      .with.property('message')
      .that.contains('the archive alice/lab2.zip cannot be read: got EACCES');
  });

  it('with too many files is not opened', async () => {
    const many = Array.from({ length: 20_001 }, (_, at) => ({ path: String(at) }));
    expect(await refusal(zipOf(many))).to.contain('it holds more than 20000 files and folders');
  });

  it('that is broken, or of another kind, is said to be that', async () => {
    const whole = zipOf([{ path: 'a', content: 'text' }]);
    expect(await refusal(whole.subarray(0, -30))).to.match(/^the archive .* was not opened: /);
    expect(await refusal(gzipSync(Buffer.from('no tar file at all')))).to.match(/was not opened: /);
    expect(await refusal(Buffer.from('7z\u00bc\u00af\u0027\u001c', 'latin1'))).to.match(
      /lab2\.zip is an archive that cannot be opened: got 7z, expected a zip, tar or tar\.gz file/,
    );
    expect(await refusal(Buffer.from('text'))).to.contain(
      'got content that does not match its name',
    );
  });

  it('is read as the tools of the system write it', async function () {
    const source = join(place(), 'source');
    execFileSync('mkdir', ['-p', join(source, 'lab 2')]);
    writeFileSync(join(source, 'lab 2', 'ü.txt'), 'text');
    execFileSync('tar', ['-czf', join(place(), 'x.tgz'), '-C', source, '.']);
    const folder = await openArchive(join(place(), 'x.tgz'), 'x.tgz');
    expect(await digestTree(folder)).to.equal(await digestTree(source));
  });
});
