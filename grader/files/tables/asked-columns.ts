/** Columns as a caller names them: `submission=Gruppe,name=Vorname+Nachname,id=Matrikelnummer`. */

import { shellWord, UsageError } from '../../../harness/index.js';
import { plainWord } from './plain-word.js';

/** Titles of columns by what they hold. */
export type AskedColumns<Role extends string> = Partial<Record<Role, string>>;

/**
 * The titles in such a text. A title may hold commas: a new one begins only where a role and `=` follow.
 *
 * @throws UsageError for a word that is not a role, or a role without a title; `option` is what the caller calls it.
 */
export function parseAskedColumns<Role extends string>(
  text: string,
  roles: readonly Role[],
  option: string,
): AskedColumns<Role> {
  const asked: AskedColumns<Role> = {};
  for (const part of text.split(/,(?=\s*[a-z]+\s*=)/i)) {
    const [, word = '', title = ''] = /^\s*([a-z]+)\s*=\s*(.*?)\s*$/is.exec(part) ?? [];
    const role = roles.find((one) => one === word.toLowerCase());
    if (role === undefined || title === '') {
      throw new UsageError(`${option} cannot be read`, {
        got: `"${part.trim()}"`,
        expected: roles.map((one) => `${one}=COLUMN`).join(','),
      });
    }
    asked[role] = title;
  }
  return asked;
}

/**
 * Where the column of this title is, or the columns of titles joined by `+`; undefined if one is missing. A title
 * counts exactly before it counts without case and accents.
 */
export function findAsked(header: readonly string[], title: string): number[] | undefined {
  const whole = indexOf(header, title);
  if (whole !== undefined) return [whole];
  const parts = title.split('+');
  const found = parts.flatMap((part) => indexOf(header, part.trim()) ?? []);
  return parts.length > 1 && found.length === parts.length ? found : undefined;
}

function indexOf(header: readonly string[], title: string): number | undefined {
  const exact = header.indexOf(title);
  const at =
    exact >= 0 ? exact : header.findIndex((one) => plainWord(one) === plainWord(title) && one);
  return at >= 0 ? at : undefined;
}

/** The option as a person types it in a shell. */
export function askedText(asked: Readonly<Record<string, string>>): string {
  const text = Object.entries(asked)
    .map(([role, title]) => `${role}=${title}`)
    .join(',');
  return shellWord(text);
}
