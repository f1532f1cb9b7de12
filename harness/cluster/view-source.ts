/**
 * Where the kit learns the current view: from the view service itself where it speaks pblab/1, else
 * through a clerk process of the submission.
 */

import { connect } from 'node:net';
import { decodeReply, decodeView, encodeRequest } from '../../reference/protocol.js';
import type { View } from '../history/timeline.js';
import { breach } from './breach.js';
import type { Answer, Conversation } from './lines.js';

/** Undefined if the view service could not be reached or did not answer in time. */
export type ViewSource = () => Promise<View | undefined>;

const ANSWER_TIMEOUT_MS = 1000;

/** Asks the socket at `path` with a call of pblab/1. */
export function viewFromSocket(path: string): ViewSource {
  return async () => {
    const line = await callOnce(path, encodeRequest({ id: 1, method: 'view.get', params: {} }));
    if (line === undefined) return undefined;
    const reply = decodeReply(line);
    const view = reply && 'result' in reply ? decodeView(reply.result) : undefined;
    if (view === undefined) throw badView(line);
    return view;
  };
}

/** Asks a clerk process that speaks for the view service. */
export function viewFromClerk(conversation: Conversation): ViewSource {
  return async () => {
    const answer = await Promise.race([conversation.ask({ op: 'view' }), timeUp()]);
    return answer === undefined ? undefined : viewOf(answer);
  };
}

/** The view in an answer of a view clerk; undefined if it says that the service was not reached. */
export function viewOf(answer: Answer): View | undefined {
  if (!answer.ok) return undefined;
  const view = decodeView(answer);
  if (view === undefined) throw badView(JSON.stringify(answer));
  return view;
}

function badView(got: string) {
  const expected = '{"view":{"viewnum":...,"primary":"...","backup":"..."}}';
  return breach({
    class: 'protocol',
    rule: 'kit-clerk',
    symptom: 'bad-view',
    says: `the view service answered ${got.trim().slice(0, 120)}, expected ${expected}`,
  });
}

function timeUp(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ANSWER_TIMEOUT_MS, undefined).unref());
}

/** The first line that is answered; undefined if there is none in time. */
function callOnce(path: string, request: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect({ path });
    const end = (line?: string) => {
      socket.destroy();
      resolve(line);
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, end);
    socket.on('error', () => end());
    socket.on('close', () => end());
    socket.once('connect', () => socket.write(request));
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString();
      if (received.includes('\n') || received.length > 100_000) end(received);
    });
  });
}
