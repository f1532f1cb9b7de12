/**
 * SIGUSR1 makes Node listen for a debugger, through which any process of this machine can run code in this one. A program
 * of the kit shuts that off as soon as it can; what a signal has opened by then is closed.
 */

import { close, url } from 'node:inspector';

/** From now on SIGUSR1 does nothing. A caller who has asked for a debugger keeps it. */
export function ignoreDebuggerSignal(): void {
  process.on('SIGUSR1', () => {});
  const given = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''];
  const isAskedFor = given.some((option) => /--inspect(?!-port)/.test(option));
  if (!isAskedFor && url() !== undefined) close();
}
