/**
 * A submission as it travels to another machine: the name of a part of the kit, or an archive of what was handed in. The
 * other machine reads and builds it again; that its digest is the same shows that it is the same there.
 */

import { mkdirSync, realpathSync, Stats, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { create, extract } from 'tar';
import { readRegularText } from '../ground/read-regular-file.js';
import { UsageError } from '../ground/errors.js';
import { isPartOfSubmission } from './digest.js';
import { PART_LIMIT_BYTES } from './read-part.js';
import { openingArchives, readSpec } from './spec.js';

/** An archive larger than this would fill the memory of a queue, in bytes. */
const MOST_BYTES = 256 * 1024 ** 2;

export type PackedSource =
  | { kind: 'kit'; spec: string }
  | {
      kind: 'archive';
      /** The name of what was handed in, a folder or a file. */
      folder: string;
      opensArchives: boolean;
      /** The text of a manifest from elsewhere. */
      manifest?: string;
      /** tar and gzip. */
      archive: Buffer;
    };

/** @throws UsageError if there is too much of it. */
export async function packSource(spec: string): Promise<PackedSource> {
  const read = readSpec(spec);
  if (read.kind !== 'directory') return { kind: 'kit', spec };
  const directory = realpathSync(read.directory);
  const folder = basename(directory);
  const chunks: Buffer[] = [];
  let bytes = 0;
  const options = {
    cwd: dirname(directory),
    gzip: true,
    portable: true,
    // The same content gives the same archive.
    mtime: new Date(0),
    filter: belongs,
  };
  // A name that begins with `@` alone would be taken for an archive to be added.
  for await (const chunk of create(options, [`./${folder}`])) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw tooLarge(read.directory);
  }
  return {
    kind: 'archive',
    folder,
    opensArchives: read.opensArchives,
    ...(read.manifestFile === undefined ? {} : { manifest: manifestText(read.manifestFile) }),
    archive: Buffer.concat(chunks),
  };
}

/** Unpacks it into an empty directory; gives its spec there. */
export async function unpackSource(source: PackedSource, target: string): Promise<string> {
  if (source.kind === 'kit') return source.spec;
  const { folder, opensArchives, manifest, archive } = source;
  const tree = join(target, 'tree');
  mkdirSync(tree);
  await extractTree(archive, tree);
  const directory = join(tree, basename(folder));
  const spec = manifest === undefined ? directory : besideManifest(target, directory, manifest);
  return opensArchives ? openingArchives(spec) : spec;
}

/** Links are made last, and lead where they led: tar would change absolute ones, and leave out those through others. */
async function extractTree(archive: Buffer, tree: string): Promise<void> {
  const links: { path: string; text: string }[] = [];
  await new Promise<void>((resolve, reject) => {
    const unpack = extract({
      cwd: tree,
      preserveOwner: false,
      filter(path, entry) {
        if (!('type' in entry) || entry.type !== 'SymbolicLink') return true;
        links.push({ path, text: entry.linkpath ?? '' });
        return false;
      },
    });
    unpack.once('close', resolve).once('error', reject);
    unpack.end(archive);
  });
  for (const { path, text } of links) symlinkSync(text, join(tree, path));
}

function besideManifest(target: string, directory: string, manifest: string): string {
  const file = join(target, 'manifest.yaml');
  writeFileSync(file, manifest);
  return `manifest:${file}:${directory}`;
}

function manifestText(file: string): string {
  return readRegularText(file, {
    links: 'followed',
    limitBytes: PART_LIMIT_BYTES,
    called: 'the manifest',
  });
}

/** As for a copy: no sockets, pipes or devices, and no version control. */
function belongs(path: string, entry: object): boolean {
  if (!isPartOfSubmission(basename(path))) return false;
  if (!(entry instanceof Stats)) return true;
  return entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();
}

function tooLarge(directory: string): UsageError {
  return new UsageError(`${directory} is too large for a queue`, {
    got: `more than ${MOST_BYTES / 1024 ** 2} MiB when compressed`,
    hint: 'remove what can be built again, or grade with --shard, where each machine reads its own copy',
  });
}
