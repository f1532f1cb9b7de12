/** The rules for imports between the rooms, as functions over lists of imports. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One import: which file imports what. Files are named from the root, with their `.ts`. */
export interface Import {
  from: string;
  /** A file of ours, a package, or a module of Node with its `node:`. */
  to: string;
}

/** Names of time and chance that only a world may know. */
const OUTSIDE_OF_SCENARIOS = /\b(?:Date\.now|setTimeout|setInterval|Math\.random|performance)\b/;

const STATEMENT =
  /^\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

/** The source files below a room, named from the root. */
export function sourceFiles(root: string, room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(room, name));
}

/** The imports of these files. */
export function readImports(root: string, files: readonly string[]): Import[] {
  return files.flatMap((from) => importsIn(from, readFileSync(join(root, from), 'utf8')));
}

/** The imports in the text of a file; re-exports and imports at run time count. */
export function importsIn(from: string, text: string): Import[] {
  return [...text.matchAll(STATEMENT)].map(([, fixed, dynamic = '']) => {
    const to = fixed ?? dynamic;
    return { from, to: to.startsWith('.') ? resolved(from, to) : to };
  });
}

/** Imports that go against the direction between the rooms, each as a sentence. */
export function wrongDirections(imports: readonly Import[]): string[] {
  return imports.flatMap((one) => {
    const why = complaint(one);
    return why === undefined ? [] : [`${one.from} imports ${one.to}: ${why}`];
  });
}

/** Pairs of folders that import each other, each as a sentence. */
export function mutualFolders(imports: readonly Import[]): string[] {
  const pairs = new Set(
    imports.flatMap(({ from, to }) => {
      const [source, target] = [folderOf(from), folderOf(to)];
      return source === undefined || target === undefined || source === target
        ? []
        : [`${source} ${target}`];
    }),
  );
  return [...pairs].flatMap((pair) => {
    const [source = '', target = ''] = pair.split(' ');
    const mutual = source < target && pairs.has(`${target} ${source}`);
    return mutual ? [`${source} and ${target} import each other`] : [];
  });
}

/** What a scenario knows besides its stage, each as a sentence; `text` is its file. */
export function foreignToScenarios(file: string, text: string): string[] {
  const [name] = OUTSIDE_OF_SCENARIOS.exec(text) ?? [];
  const imported = importsIn(file, text).filter(
    ({ to }) =>
      to.startsWith('node:') ||
      to.startsWith('harness/process/') ||
      to === 'harness/cluster/processes.ts',
  );
  return [
    ...(name === undefined ? [] : [`${file} mentions ${name}`]),
    ...imported.map(({ to }) => `${file} imports ${to}`),
  ];
}

/** Whether the text of a file has a default export. */
export function hasDefaultExport(text: string): boolean {
  return /^export (?:default\b|\{[^}]*\sas default\b)/m.test(text);
}

function complaint({ from, to }: Import): string | undefined {
  const [source, target] = [roomOf(from), roomOf(to)];
  if (to.startsWith('../')) return 'it is outside of the project';
  if (source === 'reference') {
    const own = target === 'reference' || to.startsWith('node:');
    return own ? undefined : 'the reference stands alone';
  }
  if (target === undefined || target === source) return undefined;
  if (source === 'harness' && to === 'reference/protocol.ts') return undefined;
  if (source === 'grader' && to === 'harness/index.ts') return undefined;
  return `${source} may import only ${source === 'harness' ? 'reference/protocol.ts' : 'harness/index.ts'}`;
}

const ROOMS = new Set(['reference', 'harness', 'grader', 'tests']);

function roomOf(file: string): string | undefined {
  const [room = ''] = file.split('/');
  return ROOMS.has(room) && file.includes('/') ? room : undefined;
}

/** The folder below a room that a file is in; undefined for what stands in the room itself. */
function folderOf(file: string): string | undefined {
  const [room = '', folder, ...rest] = file.split('/');
  return roomOf(file) === undefined || rest.length === 0 ? undefined : `${room}/${folder}`;
}

function resolved(from: string, to: string): string {
  return join(dirname(from), to).replace(/\.js$/, '.ts');
}
