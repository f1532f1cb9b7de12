/** Tells as lines what the processes of a run were doing when something was overdue. */

import type { Doing, ProcessDoing, ThreadGroup } from '../../lab/doing.js';

/** The folder of an evidence folder that has the whole stacks. */
const STACKS = 'stacks';

/** Where in an evidence folder the whole stacks of a process are kept. */
export function stacksFile(process: string): string {
  return `${STACKS}/${process}.txt`;
}

/** Lines with an indented table for each process; none if nothing is known. */
export function tellDoing(doing: Doing | undefined): string[] {
  if (doing === undefined) return [];
  return [
    `What the processes were doing at the end${doing.processes.length === 0 ? '' : ` (in full: ${STACKS}/)`}:`,
    ...doing.waits.map((line) => `  ${line}`),
    ...doing.processes.flatMap(tellProcess),
  ];
}

function tellProcess({ says, isQuiet, groups, left }: ProcessDoing): string[] {
  if (isQuiet) return [`  ${says}`];
  const width = Math.max(0, ...groups.map(({ count }) => String(count).length));
  const doing = Math.max(0, ...groups.map(({ does }) => does.length));
  return [
    `  ${says}`,
    ...groups.map((group) => tellGroup(group, width, doing)),
    ...(left === 0 ? [] : [`      ${left} more only wait for a request, or are not shown`]),
  ];
}

function tellGroup({ count, does, frames }: ThreadGroup, width: number, doing: number): string {
  return `      ${String(count).padStart(width)} × ${does.padEnd(doing)}  ${frames.join(' ← ')}`;
}
