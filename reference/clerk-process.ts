/**
 * The clerk as a process: one JSON object a line on standard input, one answer a line on standard
 * output, and nothing else there. Beside get, put, append and puthash it can ping the view service in a
 * server's name, and ask it for the view.
 *
 *     {"id":7,"op":"append","key":"k","value":"v"}  →  {"id":7,"ok":true}
 *     {"id":8,"op":"get","key":"k"}                 →  {"id":8,"ok":true,"value":"v"}
 *     {"id":9,"op":"puthash","key":"k","value":"v"} →  {"id":9,"ok":true,"value":"before"}
 *     {"id":1,"op":"ping","as":"pb1","viewnum":2}   →  {"id":1,"ok":true,"view":{...}}
 *     {"id":2,"op":"view"}                          →  {"id":2,"ok":true,"view":{...}}
 */

import type { Clerk } from './clerk.js';
import { LineSplitter } from './lines.js';
import type { Network } from './machine.js';
import { decodePing, decodeView, isRecord, isUpdateKind } from './protocol.js';

const MAX_LINE_BYTES = 64 * 1024 * 1024;

type Respond = (outcome: object) => void;

/** Serves standard input until it ends; then the process ends, whatever is still under way. */
export function runClerk(clerk: Clerk, viewService: string, network: Network): void {
  const lines = new LineSplitter(MAX_LINE_BYTES);
  process.stdin.on('data', (chunk: Buffer) => {
    for (const line of lines.push(chunk)) respondTo(line, clerk, viewService, network);
  });
  process.stdin.on('end', () => process.exit(0));
}

function respondTo(line: string, clerk: Clerk, viewService: string, network: Network): void {
  const request = parse(line);
  const id = typeof request['id'] === 'number' ? request['id'] : null;
  const respond: Respond = (outcome) => {
    process.stdout.write(`${JSON.stringify({ id, ...outcome })}\n`);
  };
  const askView = (method: string, params: unknown): void => {
    network.call(viewService, method, params, (answer) => {
      const view = answer.kind === 'result' ? decodeView(answer.result) : undefined;
      if (view) return respond({ ok: true, view });
      const error = answer.kind === 'lost' ? answer.reason : 'the view service refused';
      respond({ ok: false, error });
    });
  };
  if (id === null) return respond({ ok: false, error: 'expected a JSON object with a numeric id' });
  perform(request, clerk, askView, respond);
}

function perform(
  { op, key, value, as: server, viewnum }: Record<string, unknown>,
  clerk: Clerk,
  askView: (method: string, params: unknown) => void,
  respond: Respond,
): void {
  if (op === 'view') return askView('view.get', {});
  const ping = decodePing({ server, viewnum });
  if (op === 'ping' && ping) return askView('view.ping', ping);
  if (typeof key === 'string') {
    if (op === 'get') return clerk.get(key, (read) => respond({ ok: true, value: read }));
    if (isUpdateKind(op) && typeof value === 'string') {
      return clerk.update(op, key, value, (before) =>
        respond(op === 'puthash' ? { ok: true, value: before } : { ok: true }),
      );
    }
  }
  const expected = 'expected op get, put, append, puthash, ping or view with its fields';
  respond({ ok: false, error: expected });
}

function parse(line: string): Record<string, unknown> {
  try {
    const request: unknown = JSON.parse(line);
    return isRecord(request) ? request : {};
  } catch {
    return {};
  }
}
