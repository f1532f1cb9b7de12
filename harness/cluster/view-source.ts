/**
 * How the kit speaks to the view service, to learn the current view or to ping in a server's name: itself
 * where the service speaks pblab/1, else through a clerk process of the submission.
 */

import { decodeReply, decodeView, encodeRequest } from '../../reference/protocol.js';
import type { Timers } from '../ground/clock.js';
import type { Way, WorldTime } from '../ground/world-time.js';
import type { View } from '../history/timeline.js';
import type { SymptomId } from '../lab/symptoms.js';
import type { Machine } from '../process/machine.js';
import { breach } from './contract-broken.js';
import { VIEW_SERVICE } from './cluster.js';
import { errorOf, type Answer, type Conversation } from './clerk-lines.js';

/** Each answer is undefined if the view service could not be reached or did not answer in time. */
export interface ViewSource {
  /** The clerk process that asks for the kit; absent where the kit asks itself. */
  readonly through?: string;
  /** Time between two requests during a wait for a view, in ms. */
  readonly pollMs: number;
  view(): Promise<View | undefined>;
  /** Pings in the name of a server; a clerk may also answer that it has failed. */
  ping(server: string, viewnum: number): Promise<View | PingFailed | undefined>;
}

/** The error that a clerk process reports for a failed ping. */
export interface PingFailed {
  error: string;
}

/** Whom a wait for a view asks. */
export type Observer = Omit<ViewSource, 'ping'>;

/** A question of our own costs a fraction of a ms. */
const SOCKET_POLL_MS = 10;

/** A question through a clerk passes two processes and a relay; four of them go into a ping interval. */
export const CLERK_POLL_MS = 25;

const ANSWER_TIMEOUT_MS = 1000;

/** The first answer of a clerk process may take as long as the process takes to start, in ms. */
const FIRST_ANSWER_TIMEOUT_MS = 10_000;

/** The time and the machine of a world. */
export interface TimeAndMachine {
  time: WorldTime;
  machine: Machine;
}

/** Speaks to the view service at `path` in pblab/1; `who` names the kit's connections in this world. */
export function viewFromSocket(path: string, who: string, world: TimeAndMachine): ViewSource {
  const nextHearing = hearings(who, world);
  const ask = async (method: string, params: object): Promise<View | undefined> => {
    const request = encodeRequest({ id: 1, method, params });
    const line = await callOnce(path, request, lineIn, nextHearing());
    if (line === undefined) return undefined;
    const reply = decodeReply(line);
    const view = reply && 'result' in reply ? decodeView(reply.result) : undefined;
    if (view === undefined) throw badView({ who: 'the view service', symptom: 'bad-view' }, line);
    return view;
  };
  return {
    pollMs: SOCKET_POLL_MS,
    view: () => ask('view.get', {}),
    ping: (server, viewnum) => ask('view.ping', { server, viewnum }),
  };
}

/** Speaks through the clerk process of this name, which speaks for the view service. */
export function viewFromClerk(
  through: string,
  conversation: Conversation,
  timers: Timers,
): ViewSource {
  let answerTimeoutMs = FIRST_ANSWER_TIMEOUT_MS;
  const ask = async (request: Record<string, unknown>): Promise<Answer | undefined> => {
    const answer = await Promise.race([conversation.ask(request), timeUp(timers, answerTimeoutMs)]);
    answerTimeoutMs = ANSWER_TIMEOUT_MS;
    return answer;
  };
  return {
    through,
    pollMs: CLERK_POLL_MS,
    async view() {
      const answer = await ask({ op: 'view' });
      return answer?.ok ? viewOf(through, answer) : undefined;
    },
    async ping(server, viewnum) {
      const answer = await ask({ op: 'ping', as: server, viewnum });
      if (answer === undefined) return undefined;
      return answer.ok ? viewOf(through, answer) : { error: errorOf(answer) };
    },
  };
}

/** The view in an answer of a view clerk. */
function viewOf(clerk: string, answer: Answer): View {
  const view = decodeView(answer);
  if (view === undefined) {
    throw badView({ who: clerk, symptom: 'clerk-garbage' }, JSON.stringify(answer));
  }
  return view;
}

function badView({ who, symptom }: { who: string; symptom: SymptomId }, got: string) {
  const expected = '{"view":{"viewnum":...,"primary":"...","backup":"..."}}';
  return breach({
    rule: 'kit-clerk',
    symptom,
    says: `${who} answered ${got.trim().slice(0, 120)}, expected ${expected}`,
  });
}

function timeUp({ after }: Timers, ms: number): Promise<undefined> {
  return new Promise((resolve) => after(ms, () => resolve(undefined)));
}

const QUEUE_FULL = Symbol('queue full');

/** A full queue of connections makes a dial on a Unix socket fail at once; it is tried again after this, in ms. */
const QUEUE_RETRY_MS = 5;

/** Takes the answer on one connection piece by piece, and gives it once it is whole. */
export type AnswerReader<Answered> = (piece: Buffer) => Answered | undefined;

/** The first line, or too many bytes without one. */
function lineIn(): AnswerReader<string> {
  let received = '';
  return (piece) => {
    received += piece.toString();
    return received.includes('\n') || received.length > 100_000 ? received : undefined;
  };
}

/** How the kit and the view service notice each other on one connection. */
export interface ViewHearing extends Pick<WorldTime, 'clock' | 'touch'>, Pick<Machine, 'dial'> {
  /** The way on which the answer comes. */
  notice: Way;
}

/** A hearing for each connection in turn; `who` names them in this world. */
export function hearings(who: string, { time, machine }: TimeAndMachine): () => ViewHearing {
  const { clock, touch, way } = time;
  let dials = 0;
  return () => ({ clock, touch, dial: machine.dial, notice: way(`${who}#${++dials}`) });
}

/** The answer to a request on a connection of its own; undefined if there is none in time. */
export async function callOnce<Answered>(
  path: string,
  request: string | Buffer,
  openAnswer: () => AnswerReader<Answered>,
  hearing: ViewHearing,
): Promise<Answered | undefined> {
  const { clock } = hearing;
  const lateMs = clock.now() + ANSWER_TIMEOUT_MS;
  for (;;) {
    const answer = await dialOnce(path, request, openAnswer(), hearing);
    if (answer !== QUEUE_FULL) return answer;
    if (clock.now() > lateMs) return undefined;
    await timeUp(clock, QUEUE_RETRY_MS);
  }
}

function dialOnce<Answered>(
  path: string,
  request: string | Buffer,
  answerIn: AnswerReader<Answered>,
  { notice, touch, clock, dial }: ViewHearing,
): Promise<Answered | typeof QUEUE_FULL | undefined> {
  return new Promise((resolve) => {
    const socket = dial(path);
    touch?.(VIEW_SERVICE, socket);
    const end = (answer?: Answered | typeof QUEUE_FULL) => {
      cancel();
      touch?.(VIEW_SERVICE);
      socket.destroy();
      resolve(answer);
    };
    const cancel = clock.after(ANSWER_TIMEOUT_MS, end);
    socket.on('error', ({ code }: NodeJS.ErrnoException) =>
      notice(() => end(code === 'EAGAIN' ? QUEUE_FULL : undefined)),
    );
    socket.on('close', () => notice(end));
    socket.once('connect', () => socket.write(request));
    socket.on('data', (piece: Buffer) => {
      const answer = answerIn(piece);
      if (answer !== undefined) notice(() => end(answer));
    });
  });
}
