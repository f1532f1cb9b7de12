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

/** The world of processes, of which a scenario knows only its stage. */
const WORLD = new Set(
  ['processes', 'process-cluster', 'world-parts'].map((name) => `harness/cluster/${name}.ts`),
);

/** What students begin with is theirs. */
const OF_STUDENTS = /^grader\/skeletons\/\w+\//;

const STATEMENT =
  /^\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

/** The source files below a room, named from the root. */
export function sourceFiles(root: string, room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(room, name))
    .filter((name) => !OF_STUDENTS.test(name));
}

/** The imports of these files. */
export function readImports(root: string, files: readonly string[]): Import[] {
  const known = new Set(files);
  return files
    .flatMap((from) => importsIn(from, readFileSync(join(root, from), 'utf8')))
    .map(({ from, to }) => ({ from, to: known.has(`${to}x`) ? `${to}x` : to }));
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

/**
 * The floors of the two upper rooms, the lowest first: a file imports from its own floor and from those below it. The
 * last of each room is its door.
 */
export const FLOORS = {
  harness: [
    'ground',
    'history',
    'lab',
    'costs',
    'process',
    'box',
    'printed',
    'virtual/go/overlay',
    'submission',
    'virtual',
    'faults',
    'network',
    'cluster',
    'nemeses',
    'checkers',
    'scenarios',
    'record',
    'explain',
    'run',
    'index.ts',
  ],
  grader: [
    'ground',
    'text',
    'files',
    'statistics',
    'measured',
    'skeletons',
    'plan',
    'campaign',
    'tally',
    'rubric',
    'results',
    'studies',
    'views/terminal',
    'views/outputs',
    'views/pages',
    'grading',
    'commands',
    'cli.ts',
  ],
} as const;

/** Files that stand on no floor, and so lie loose in their room. */
export function looseFiles(files: readonly string[]): string[] {
  return files.filter((file) => hasFloors(file) && floorOf(file) === undefined);
}

/**
 * Names that two files of the upper rooms share, each as a sentence. A registry stands in many folders, and a command
 * is called like what it is about.
 */
export function sharedNames(files: readonly string[]): string[] {
  const counted = files.filter(
    (file) =>
      hasFloors(file) && !file.startsWith('grader/commands/') && nameOf(file) !== 'registry',
  );
  return counted.flatMap((file, at) => {
    const earlier = counted.slice(0, at).find((one) => nameOf(one) === nameOf(file));
    return earlier === undefined ? [] : [`${earlier} and ${file} have the same name`];
  });
}

/** Files that the comments of a text name and that do not exist, each as a sentence; `known` are all files. */
export function missingFiles(file: string, text: string, known: readonly string[]): string[] {
  const comments = [...text.matchAll(/\/\*[^]*?\*\/|\/\/.*/g)].map(([comment]) => comment);
  const named = comments.flatMap((comment) => comment.match(/[\w./-]*\w+\.tsx?\b/g) ?? []);
  return named
    .map((name) => name.replace(/^(?:\.{1,2}\/)+/, ''))
    .filter((name) => !known.some((one) => one === name || one.endsWith(`/${name}`)))
    .map((name) => `${file} names ${name}`);
}

/** Imports that go up, each as a sentence; imports of types count as well. */
export function upwardImports(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, to }) => {
    const [source, target] = [floorOf(from), floorOf(to)];
    if (source === undefined || target === undefined || roomOf(from) !== roomOf(to)) return [];
    return source < target ? [`${from} imports ${to}, which is on a floor above it`] : [];
  });
}

/** Groups of files that import each other in a circle, each as a sentence. */
export function circles(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    const before = path.indexOf(file);
    if (before !== -1) found.push([...path.slice(before), file].join(' → '));
    if (before !== -1 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}

/** What a scenario knows besides its stage, each as a sentence; `text` is its file. */
export function foreignToScenarios(file: string, text: string): string[] {
  const [name] = OUTSIDE_OF_SCENARIOS.exec(text) ?? [];
  const imported = importsIn(file, text).filter(
    ({ to }) => to.startsWith('node:') || to.startsWith('harness/process/') || WORLD.has(to),
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

/** The name of a file without its folder and its ending. */
function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.tsx?$/, '');
}

function hasFloors(file: string): boolean {
  return floorsOf(file) !== undefined;
}

function floorsOf(file: string): readonly string[] | undefined {
  const room = roomOf(file);
  return room === 'harness' || room === 'grader' ? FLOORS[room] : undefined;
}

/** How high the floor of a file is, from 0; undefined for what stands on none. */
function floorOf(file: string): number | undefined {
  const within = file.slice(file.indexOf('/') + 1);
  const floor = floorsOf(file)?.findIndex(
    (name) => within === name || within.startsWith(`${name}/`),
  );
  return floor === -1 ? undefined : floor;
}

function resolved(from: string, to: string): string {
  return join(dirname(from), to).replace(/\.js$/, '.ts');
}
