/** Tells the evidence of a failure as lines in order of time: operations, calls, faults, kills, views. */

import { describeMs, previewKey, previewValue } from '../history/describe.js';
import type { Operation } from '../history/operation.js';
import type { TracedCall } from '../history/trace.js';
import type { FaultEvent, TimelineEvent } from '../history/timeline.js';
import { describeBeliefs } from './story/belief-lines.js';
import { momentsOfCall } from './story/call-moments.js';
import { foldFaults, momentsOfEvent } from './story/event-moments.js';
import { drawSeries } from './story/series-line.js';
import { inOneLane, type Moment, type StoryLine } from './story/story-line.js';
import type { Evidence } from '../lab/verdict.js';

/** Width of the first column, in which times stand. */
export const TIME_WIDTH = 8;

/** Lines such as ` 812 ms  c1 is told: put k "x" is done`; then the lines of the believed views, and of the measurements. */
export function tellStory(evidence: Evidence): string[] {
  const lines = [
    ...storyLines(evidence).map(({ atMs, text }) => [describeMs(Math.round(atMs)), text] as const),
    ...describeBeliefs(evidence.beliefs ?? []),
    ...(evidence.series ?? []).map((series) => ['measured', drawSeries(series)] as const),
  ];
  return lines.map(([first, text]) => `${first.padStart(TIME_WIDTH)}  ${text}`);
}

/** The lines without those of the views, in order of time, each with what it tells of. */
export function storyLines({ operations, events, calls = [] }: Evidence): StoryLine[] {
  const isNews = (event: TimelineEvent) =>
    event.kind !== 'fault' || !calls.some((call) => isToldWith(event, call));
  const moments: Moment[] = [
    ...operations.flatMap(momentsOf),
    ...foldFaults(events.filter(isNews)).flatMap(momentsOfEvent),
    ...calls.flatMap(momentsOfCall),
  ];
  return inOneLane(moments);
}

/** Whether this call, or one of those folded into it, is the one in which the fault took effect. */
function isToldWith({ from, to, fault, call = 0 }: FaultEvent, told: TracedCall): boolean {
  const { number, again } = told;
  const isLink = told.from === from && told.to === to;
  return isLink && told.fault === fault && number <= call && call <= (again?.lastNumber ?? number);
}

function momentsOf(operation: Operation): Moment[] {
  const { client, callMs, returnMs } = operation;
  const asked = {
    atMs: callMs,
    text: `${client} asks: ${describeRequest(operation)}`,
    about: operation,
  };
  if (returnMs === undefined) return [{ ...asked, text: `${asked.text} (never answered)` }];
  const told = `${client} is told: ${describeAnswer(operation)}`;
  return [asked, { atMs: returnMs, text: told, about: operation }];
}

function describeRequest({ op, key, value }: Operation): string {
  return op === 'get'
    ? `get ${previewKey(key)}`
    : `${op} ${previewKey(key)} ${previewValue(value)}`;
}

function describeAnswer(operation: Operation): string {
  const { op, key, value, returned, outcome, error } = operation;
  if (outcome !== 'ok') return JSON.stringify(error ?? 'not done');
  if (op === 'get') return `${previewKey(key)} is ${previewValue(value)}`;
  const before = op === 'puthash' ? `; before, it was ${previewValue(returned)}` : '';
  return `${describeRequest(operation)} is done${before}`;
}
