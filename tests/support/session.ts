/** A session for the tests of a suite, which after each of them must be as empty as before. */

import { expect } from 'chai';
import { existsSync, readdirSync } from 'node:fs';
import { openSession, type Session } from '../../harness/process/session.js';
import { survivors } from './survivors.js';

/** The tests under way. */
const tests = new WeakMap<Session, Mocha.Test>();

/** Skips the test that is under way in this session, if it is one of a suite. */
export function skipTestIn(session: Session): void {
  tests.get(session)?.skip();
}

/** Call it inside `describe`; the function returned gives the session. */
export function useSession(): () => Session {
  let session: Session | undefined;
  const current = () => {
    if (session === undefined) throw new Error('the session is open only while tests run');
    return session;
  };
  before(async () => {
    session = await openSession();
  });
  beforeEach(function () {
    if (this.currentTest) tests.set(current(), this.currentTest);
  });
  afterEach('leaves no process, socket or directory behind', () => {
    expect(survivors(current().mark), 'processes left').to.deep.equal([]);
    // The box is made when it is first needed, and lasts as long as the session.
    const own = readdirSync(current().directory).filter((name) => name !== 'box');
    expect(own, 'files left').to.have.members(['lock', 'owner']);
  });
  after(async () => {
    await current().close();
    expect(existsSync(current().directory), 'directory left').to.equal(false);
  });
  return current;
}
