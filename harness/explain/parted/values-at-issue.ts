/** The two values of a failure about the data that a person has to compare: which was expected or seen before, and which was read. */

import { describeMs } from '../../history/describe.js';
import type { History, Operation } from '../../history/operation.js';
import type { FailFinding } from '../../lab/verdict.js';
import { issueOf } from './issue.js';

export interface ValueAtIssue {
  /** Whose value it is, such as `c2 read at 12 ms`. */
  whose: string;
  value: string;
}

/** The expected or earlier value first; undefined where there are no two, or one of them is empty. */
export function valuesAtIssue(
  finding: FailFinding,
  history: History,
): readonly [ValueAtIssue, ValueAtIssue] | undefined {
  const pair = pairOf(finding, history);
  const isTelling = pair?.every(({ value }) => value !== '') && pair[0].value !== pair[1].value;
  return isTelling === true ? pair : undefined;
}

function pairOf(finding: FailFinding, history: History) {
  const issue = issueOf(finding, history);
  switch (issue?.kind) {
    case 'missed':
      return missedPair(issue);
    case 'twice':
      return twicePair(issue);
    case 'swapped':
      return [readOf(issue.one), readOf(issue.other)] as const;
    case 'overtaken':
    case 'unentitled':
    case undefined:
      return undefined;
  }
}

function missedPair({
  read,
  write,
  shownBy,
}: {
  read: Operation;
  write: Operation;
  shownBy?: Operation;
}) {
  if (shownBy !== undefined) return [readOf(shownBy), readOf(read)] as const;
  if (write.op !== 'put') return undefined;
  const { client, value = '', callMs } = write;
  return [{ whose: `${client} put at ${describeMs(callMs)}`, value }, readOf(read)] as const;
}

/** Of an append, the value without the last of them. */
function twicePair({ read, write }: { read: Operation; write: Operation }) {
  const got = readOf(read);
  const { op, value = '' } = write;
  const last = got.value.lastIndexOf(value);
  if (op !== 'append' || last === -1) return undefined;
  const without = got.value.slice(0, last) + got.value.slice(last + value.length);
  return [{ whose: 'without its last repeat', value: without }, got] as const;
}

function readOf({ client, op, value = '', returned = '', callMs }: Operation): ValueAtIssue {
  const seen = op === 'get' ? value : returned;
  const what = op === 'get' ? 'read' : `was told by its ${op}`;
  return { whose: `${client} ${what} at ${describeMs(callMs)}`, value: seen };
}
