/**
 * How the person at the terminal has called pblab, so that a command that is shown can be pasted: from
 * a checkout through `npm start`, from a package through `npx`, or by its name.
 */

/** By what npm says of the script that it runs. */
const INVOCATIONS: Record<string, string> = { start: 'npm start --', npx: 'npx pblab' };

/** The words before the name of a command, such as `npm start --` in `npm start -- replay DIR`. */
export function invocation(): string {
  return INVOCATIONS[process.env['npm_lifecycle_event'] ?? ''] ?? 'pblab';
}
