/**
 * Files of course systems that were filled in from a grading, with their points. A file from before points changed
 * would put old points into a gradebook, and no later command can fill it in by itself.
 */

import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { readRegularText, UsageError } from '../../harness/index.js';
import { count } from '../text/count.js';
import { gradedStudents } from '../views/outputs/graded-students.js';
import type { Results } from '../results/results.js';
import { sanitizeLine } from '../text/sanitize.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';

const FILLED_FILE = 'filled.json';
const FORMAT = 'pblab/filled/1';

/** Stands for a file that was printed, which is wherever the caller has put it. */
const PRINTED = 'standard output';

const STUDENTS_TOLD = 5;
const NAME_LENGTH = 60;

const FILLED = z.object({
  /** Relative to the directory where it is in it. */
  file: z.string(),
  /** As in `--format NAME`. */
  output: z.string(),
  at: z.iso.datetime(),
  scaleTo: z.number().positive().exactOptional(),
  /** The points of each student that had any, by id. */
  points: z.record(z.string(), z.number()),
});

const FILLED_FILES = z.object({ format: z.literal(FORMAT), files: z.array(FILLED) });

type Filled = z.infer<typeof FILLED>;

/** Places of files that were filled in and are still there, as absolute paths. */
export function filledPlaces(directory: string): ReadonlySet<string> {
  const places = filledFiles(directory)
    .filter(({ file }) => file !== PRINTED)
    .map(({ file }) => resolve(directory, file));
  return new Set(places.filter((place) => existsSync(place)));
}

/** Forgets that the file at this place was filled in, since another has taken its place. */
export async function forgetFilled(directory: string, path: string): Promise<void> {
  const all = filledFiles(directory);
  const others = all.filter(({ file }) => file !== placeIn(directory, path));
  if (others.length < all.length) await writeFilled(directory, others);
}

/** Keeps that a file was filled in; without a path it was printed. One at the same place is replaced. */
export async function keepFilled(
  directory: string,
  { path, ...rest }: Omit<Filled, 'file'> & { path?: string },
): Promise<void> {
  const file = path === undefined ? PRINTED : placeIn(directory, path);
  const others = filledFiles(directory).filter(
    (one) => one.file !== file || (file === PRINTED && one.output !== rest.output),
  );
  await writeFilled(directory, [...others, { file, ...rest }]);
}

async function writeFilled(directory: string, files: readonly Filled[]): Promise<void> {
  const content = { format: FORMAT, files };
  await writeFileAtomically(join(directory, FILLED_FILE), `${JSON.stringify(content, null, 2)}\n`);
}

/** For each file with out-of-date points, a sentence without its full stop. */
export function staleFiles(directory: string, results: Results): string[] {
  return filledFiles(directory)
    .filter(({ file }) => file === PRINTED || existsSync(resolve(directory, file)))
    .flatMap((one) => {
      const changes = changesSince(one, results);
      if (changes.length === 0) return [];
      const told = changes.slice(0, STUDENTS_TOLD);
      const more = changes.length - told.length;
      const list = [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
      const what = one.file === PRINTED ? `what was printed for ${one.output}` : one.file;
      return [
        `${what} was filled in at ${one.at} and has out-of-date points for ${count(changes.length, 'student')}: ${list}; fill it in again with \`pblab export DIR -f ${one.output} --template FILE\``,
      ];
    });
}

/** Such as `Alice (9, now 7.5)`. */
function changesSince({ points, scaleTo }: Filled, results: Results): string[] {
  const now = pointsNow(results, scaleTo);
  const ids = new Set([...Object.keys(points), ...now.keys()]);
  return [...ids].flatMap((id) => {
    const before = Object.hasOwn(points, id) ? points[id] : undefined;
    const after = now.get(id);
    if (before === after?.points) return [];
    const name = sanitizeLine(after?.name ?? id, NAME_LENGTH);
    return [`${name} (${before ?? 'none'}, now ${after?.points ?? 'none'})`];
  });
}

/** The points now; none if the rubric or the roster is missing. */
function pointsNow(
  results: Results,
  scaleTo: number | undefined,
): Map<string, { name: string; points: number }> {
  try {
    const { students } = gradedStudents(results, scaleTo);
    return new Map(
      students.map(({ student, points }) => [student.id, { name: student.name, points }]),
    );
  } catch (error) {
    if (error instanceof UsageError) return new Map();
    throw error;
  }
}

/** The entries; none if the file is missing or is not the kit's. */
function filledFiles(directory: string): Filled[] {
  const file = join(directory, FILLED_FILE);
  if (!existsSync(file)) return [];
  try {
    return FILLED_FILES.parse(JSON.parse(readRegularText(file))).files;
  } catch {
    return [];
  }
}

function placeIn(directory: string, path: string): string {
  const place = relative(resolve(directory), resolve(path));
  return place.startsWith('..') || isAbsolute(place) ? resolve(path) : place;
}
