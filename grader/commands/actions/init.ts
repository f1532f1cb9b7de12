/** `pblab init`: writes the skeleton of a language, and says what to type next. */

import {
  findProgram,
  invocation,
  shellWord,
  unknownName,
  UsageError,
} from '../../../harness/index.js';
import { EXIT } from '../../ground/exit-code.js';
import { findLanguage, LANGUAGES, type Language } from '../../skeletons/languages.js';
import { skeletonFiles, writeSkeleton } from '../../skeletons/write-skeleton.js';

/** Writes a skeleton into a folder; gives the exit code. */
export function init(folder: string, { lang }: { lang?: string }): number {
  const language = languageOf(lang);
  writeSkeleton(language, folder);
  process.stdout.write(`${[...written(language, folder), ...missingTools(language)].join('\n')}\n`);
  return EXIT.passed;
}

function languageOf(text: string | undefined): Language {
  const names = LANGUAGES.map(({ name }) => name);
  if (text === undefined) {
    throw new UsageError('no language was given', { expected: `--lang ${names.join('|')}` });
  }
  const language = findLanguage(text);
  if (language !== undefined) return language;
  throw new UsageError(`there is no skeleton in this language`, unknownName(text, { names }));
}

function written(language: Language, folder: string): string[] {
  const files = skeletonFiles(language).join(', ');
  const word = shellWord(folder);
  const where = folder === '.' ? 'This folder' : folder;
  const test = `${invocation()} test ${word} --step`;
  const { setUp } = language;
  const inFolder = folder === '.' ? '' : `cd ${word} && `;
  const steps: [string, string][] = [
    ...(setUp === undefined ? [] : [command(`(${inFolder}${setUp.command})`, setUp.why)]),
    command(`${test} 1`, 'passes: your programs are built and started'),
    command(`${test} 2`, 'fails, and says what is not written yet'),
  ];
  const width = Math.max(...steps.map(([line]) => line.length));
  return [
    `${where} has a skeleton in ${language.title}: ${files}.`,
    `You write ${language.file}; each place is marked TODO. Now type:`,
    '',
    ...steps.map(([line, why]) => `  ${line.padEnd(width)}   # ${why}`),
  ];
}

function command(line: string, why: string): [string, string] {
  return [line, why];
}

function missingTools({ title, tools }: Language): string[] {
  const missing = tools.filter(
    ({ program }) => findProgram(program, process.env['PATH'] ?? '') === undefined,
  );
  return missing.flatMap(({ program, get }) => [
    '',
    `${title} needs ${program}, which is not on the PATH of this machine. To get it: ${get}`,
  ]);
}
