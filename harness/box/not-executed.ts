/** Recognises that a program could not be executed, where another one was to execute it. */

import type { Exit } from '../process/confinement.js';

/** What programs such as `env` end with if what they were to execute is not there, or is not executable. */
const NOT_EXECUTED = [126, 127];

/** What the exit of a program means that `starter` (util-linux) was to execute. */
export async function notExecuted(
  exit: Exit,
  starter: string,
  printed: () => Promise<string>,
): Promise<Exit> {
  if (exit.kind !== 'code' || !NOT_EXECUTED.includes(exit.code)) return exit;
  const prefix = `${starter}: failed to execute `;
  const line = lastLine(await printed());
  return line.startsWith(prefix) ? notStarted(line.slice(prefix.length)) : exit;
}

/** The exit of a program that was not started, from words such as `foo: No such file or directory`. */
export function notStarted(words: string): Exit {
  const message = words.replace(/: ([A-Z])/, (_, letter: string) => `: ${letter.toLowerCase()}`);
  return { kind: 'not-started', message };
}

export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
