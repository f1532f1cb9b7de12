/** The box of a session. */

import type { Session } from '../process/session.js';
import { openBox, type Box } from './box.js';
import { currentIsolation } from './current-isolation.js';

const boxes = new WeakMap<Session, Promise<Box>>();

/** The box of a session, made at its first use. It is gone with the session. */
export function boxOf(session: Session): Promise<Box> {
  const known = boxes.get(session) ?? open(session);
  boxes.set(session, known);
  return known;
}

async function open(session: Session): Promise<Box> {
  return openBox(await currentIsolation(), session);
}
