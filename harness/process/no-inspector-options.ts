/**
 * Options of Node for programs of the kit: SIGUSR1 makes Node listen for a debugger, also before a program can say that
 * it must not, and any process of this machine could then run code in it. The address is of a network for
 * documentation (RFC 5737), which no machine has, so Node cannot listen there.
 */

const NOWHERE = '--inspect-port=192.0.2.1:9229';

/** Options that make Node listen from the beginning; a port alone does not. */
const ASKED_FOR = /--inspect(?!-port)/;

/** Without them where the caller has asked for a debugger. */
export function noInspectorOptions(): string[] {
  const given = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''];
  return given.some((option) => ASKED_FOR.test(option)) ? [] : [NOWHERE];
}
