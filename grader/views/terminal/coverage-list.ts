/**
 * The situations that generated runs can meet, for a terminal or a pipe: below each target a line for each moment, with
 * the faults at it; for a grading also how many runs met each, and those that none met. Data in, text out.
 */

import type { Met } from '../../../harness/index.js';
import type { Situation } from '../../tally/situations-met.js';
import { count } from '../../text/count.js';
import { groupBy, type NonEmpty } from '../../ground/group-by.js';
import { textOf } from './terminal-layout.js';
import { wrap } from './wrap.js';

const INDENT = '  ';
const GAP = '  ';

/** All situations. */
export function renderCoverable(entries: readonly Met[], width: number): string {
  return render(entries, {
    width,
    head: 'what is done',
    of: () => '',
    deeds: (group) => [namesOf(group)],
    total: count(entries.length, 'situation'),
  });
}

/** In how many of so many runs each situation was met. */
export function renderCoverage(entries: readonly Situation[], runs: number, width: number): string {
  const { met, situations } = totalOf(entries);
  return render(entries, {
    width,
    head: 'what was done, with the runs that met it',
    of: (group) => ` ${totalOf(group).met} of ${group.length} met`,
    deeds: (group) => {
      const never = group.filter((one) => one.runs === 0);
      return [
        group.flatMap((one) => (one.runs === 0 ? [] : `${one.did} ${one.runs}`)).join(', '),
        never.length === 0 ? '' : `never: ${namesOf(never)}`,
      ];
    },
    total: `${met} of ${situations} situations met in ${count(runs, 'run')}`,
  });
}

interface Look<T> {
  width: number;
  /** Head above the faults. */
  head: string;
  /** Text after the name of a target. */
  of: (group: readonly T[]) => string;
  /** The faults at one moment, each text on lines of its own. */
  deeds: (group: readonly T[]) => string[];
  total: string;
}

function render<T extends Met>(
  entries: readonly T[],
  { width, head, of, deeds, total }: Look<T>,
): string {
  const longest = Math.max(...entries.map(({ moment }) => moment.length));
  const row = (moment: string, texts: readonly string[]) =>
    texts
      .filter((one) => one !== '')
      .flatMap((one, index) => {
        const label = (index === 0 ? moment : '').padEnd(longest);
        const indent = ' '.repeat(INDENT.length + longest + GAP.length);
        return wrap(`${INDENT}${label}${GAP}${one}`, width, indent);
      });
  const lines = [
    ...row('moment', [head]),
    ...targetsOf(entries).flatMap(([target, group]) => [
      '',
      `${target}:${of(group)}`,
      ...[...groupBy(group, ({ moment }) => moment)].flatMap(([moment, own]) =>
        row(moment, deeds(own)),
      ),
    ]),
    '',
    total,
  ];
  return textOf(lines);
}

function targetsOf<T extends Met>(entries: readonly T[]): [string, NonEmpty<T>][] {
  return [...groupBy(entries, ({ target }) => target)];
}

function totalOf(situations: readonly Situation[]): { met: number; situations: number } {
  return { met: situations.filter(({ runs }) => runs > 0).length, situations: situations.length };
}

function namesOf(entries: readonly Met[]): string {
  return entries.map(({ did }) => did).join(', ');
}
