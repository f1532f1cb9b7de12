/**
 * What the READMEs of the project have that can be checked: tables, links, commands, and names of functions. The tables
 * of scenarios, rules, faults, mutants and variants are made from the registries, and those of what was measured from the
 * kit's calibration. A README has them between marks such as `<!-- faults -->` and `<!-- /faults -->`.
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Calibration } from '../grader/measured/calibration.js';
import { MEASURED_FILES, readMeasured } from '../grader/measured/measured.js';
import { prevalenceOf } from '../grader/measured/prevalence.js';
import { kitVersion } from '../grader/plan/preparation.js';
import {
  markdownTable,
  mutantRows,
  preface,
  provenance,
  scenarioRows,
} from '../grader/views/terminal/calibration-markdown.js';
import { FAULTS, RULES, SCENARIOS, STEPS, SYMPTOMS, TIER_ORDER, TIERS } from '../harness/index.js';
import { MUTANTS } from '../reference/mutants/registry.js';
import { VARIANTS } from '../reference/variants/registry.js';
import { cleaned } from '../grader/text/sanitize.js';
import { ATTEMPTS } from './attacks/registry.js';

type TableName =
  | 'scenarios'
  | 'rules'
  | 'steps'
  | 'tiers'
  | 'faults'
  | 'symptoms'
  | 'mutants'
  | 'variants'
  | 'calibration'
  | 'calibration-scenarios'
  | 'attacks';

const NOT_OURS = new Set(['node_modules', 'dist', 'dist-cov', 'coverage', 'pblab-out']);

/** What stands in the place of a table of measurements that were not made in whole with this version. */
const NOT_MEASURED =
  'This version has no whole calibration. `pblab calibrate -o DIR --save` measures it.';

/** That of real time, if it was made with this version. */
const measured = Object.values(MEASURED_FILES)
  .map((file) => readMeasured(file))
  .find((one) => isWhole(one));

/** What stands between the marks. */
const TABLES: Record<TableName, string> = {
  scenarios: markdownTable([
    ['scenario', 'tier', 'what it does', 'rule of the lab', 'fails'],
    ...SCENARIOS.map(({ id, tier, title, source }) => [
      code(id),
      tier,
      title,
      RULES[source],
      failingPublicly(id),
    ]),
  ]),
  tiers: markdownTable([
    ['tier', 'which scenarios', 'how many'],
    ...TIER_ORDER.map((tier) => [
      tier,
      TIERS[tier],
      String(SCENARIOS.filter((one) => one.tier === tier).length),
    ]),
  ]),
  rules: markdownTable([
    ['rule', 'what it says', 'scenarios'],
    ...Object.entries(RULES).map(([id, says]) => [code(id), says, scenariosOf(id)]),
  ]),
  steps: markdownTable([
    ['step', 'what you build', 'scenarios'],
    ...STEPS.map(({ number, title, build, scenarios }) => [
      `${number}. ${title}`,
      build,
      scenarios.map(code).join(', '),
    ]),
  ]),
  faults: markdownTable([
    ['fault', 'what it does', 'what the caller sees'],
    ...FAULTS.map(({ name, does, callerSees }) => [code(name), does, callerSees]),
  ]),
  symptoms: markdownTable([
    ['symptom', 'class', 'in titles'],
    ...Object.entries(SYMPTOMS).map(([id, one]) => [code(id), one.class, one.title]),
  ]),
  mutants: markdownTable([
    ['mutant', 'what a student was thinking', 'caught by', 'and yet passes'],
    ...MUTANTS.map(({ name, thought, caughtBy, passes }) => [
      code(name),
      thought,
      caughtBy.map(code).join(', '),
      passes.map(code).join(', '),
    ]),
  ]),
  variants: markdownTable([
    ['variant', 'what it does otherwise', 'why the lab allows it', 'settles'],
    ...VARIANTS.map(({ name, differs, allowed, settles }) => [
      code(name),
      differs,
      allowed,
      settles,
    ]),
  ]),
  calibration: mutantCalibration(measured),
  'calibration-scenarios': scenarioCalibration(measured),
  attacks: markdownTable([
    ['group', 'attack', 'what it does', 'without the box', 'with the box'],
    ...Object.values(ATTEMPTS).flatMap(({ attacks }) =>
      attacks.map(({ group, name, what, stoppedBy, letThrough }) => [
        group,
        code(name),
        what,
        stoppedBy === undefined ? 'works' : `stopped: ${stoppedBy}`,
        letThrough === undefined ? 'stopped' : `works: ${letThrough}`,
      ]),
    ),
  ]),
};

/** How many public submissions fail the scenario, of those that were tried. */
function failingPublicly(scenario: string): string {
  const found = prevalenceOf(scenario);
  return found === undefined ? 'not measured' : `${found.failed} of ${found.tried}`;
}

/** The names of all tables. */
export const TABLE_NAMES: readonly string[] = Object.keys(TABLES);

/** What was measured of each mutant, where and when; only of a whole calibration with this version. */
export function mutantCalibration(calibration: Calibration | undefined): string {
  if (!isWhole(calibration)) return NOT_MEASURED;
  const names = MUTANTS.map(({ name }) => name);
  return `${preface(cleaned(calibration))}\n\n${markdownTable(mutantRows(cleaned(calibration), names))}`;
}

/** The same of each scenario. */
export function scenarioCalibration(calibration: Calibration | undefined): string {
  if (!isWhole(calibration)) return NOT_MEASURED;
  const ids = SCENARIOS.map(({ id }) => id);
  return `${provenance(cleaned(calibration))}\n\n${markdownTable(scenarioRows(cleaned(calibration), ids))}`;
}

/** Whether it was made with this version of the kit and not broken off. */
function isWhole(calibration: Calibration | undefined): boolean {
  return calibration?.kit === kitVersion() && calibration.undoneRuns === 0;
}

/** The text with each table that it has marks for put between them; also the names of those. */
export function withTables(text: string): { text: string; tables: TableName[] } {
  let result = text;
  const tables: TableName[] = [];
  for (const [name, table] of Object.entries(TABLES)) {
    if (!isTableName(name)) continue;
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = result.indexOf(start);
    if (from === -1) continue;
    const to = result.indexOf(end, from);
    if (to === -1) throw new Error(`${start} has no ${end} after it`);
    result = `${result.slice(0, from)}${start}\n\n${table}\n\n${result.slice(to)}`;
    tables.push(name);
  }
  return { text: result, tables };
}

/** Every Markdown file of the project, named from the root. */
export function markdownFiles(root: string, below = ''): string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    if (entry.isDirectory()) {
      const ours = !NOT_OURS.has(entry.name) && !entry.name.startsWith('.');
      return ours ? markdownFiles(root, path) : [];
    }
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** Targets of the links in a Markdown text that name a file, without their anchors. */
export function relativeLinks(text: string): string[] {
  const prose = text.replaceAll(/^```[^]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z][a-z+.-]*:/i.test(target));
}

/** Links to a heading of a Markdown file, as `FILE#ANCHOR`; without a file those of the text itself. */
export function anchoredLinks(text: string): string[] {
  return [...text.matchAll(/\]\(((?:[^():#\s]+\.md)?#[^()\s]+)\)/g)].map(([, link = '']) => link);
}

/** The anchors that GitHub gives to the headings of a Markdown text. */
export function headingAnchors(text: string): string[] {
  const prose = text.replaceAll(/^```[^]*?^```/gm, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Prose of a Markdown text: without code, and without what is made from registries. */
export function proseOf(text: string): string {
  return text
    .replaceAll(/<!-- ([a-z-]+) -->[^]*?<!-- \/\1 -->/g, '')
    .replaceAll(/^ *```[^]*?^ *```/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
}

/** A source file as one line without the marks of its comments, so that no sentence is broken. */
export function proseOfSource(text: string): string {
  return text.replaceAll(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' ');
}

/** The code blocks of a Markdown text in this language, without their indentation. */
export function codeBlocks(text: string, language: string): string[] {
  const block = new RegExp(String.raw`^( *)\`\`\`${language}\n([^]*?)^ *\`\`\``, 'gm');
  return [...text.matchAll(block)].map(([, indent = '', content = '']) =>
    content.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/** A `pblab` command with its words and options, as a text shows it. */
export interface ShownCommand {
  /** Such as `['rubric', 'explain']`: the words that name the command. */
  command: string[];
  /** Such as `['--rubric', '-n']`. */
  options: string[];
  line: string;
}

/** The `pblab` commands in the code of a Markdown text, in blocks and in lines. */
export function shownCommands(text: string): ShownCommand[] {
  const blocks = codeBlocks(text, '(?:sh|bash|console)').flatMap((block) => block.split('\n'));
  const spans = [...text.replaceAll(/^ *```[^]*?^ *```/gm, '').matchAll(/`([^`\n]+)`/g)];
  return [...blocks, ...spans.map(([, span = '']) => span)].flatMap(readCommand);
}

const COMMAND = /^[$\s]*(?:pblab|npm start(?: -s)? --)\s+(.*)$/;

function readCommand(line: string): ShownCommand[] {
  const [, all] = COMMAND.exec(line) ?? [];
  if (all === undefined) return [];
  const words = all.replace(/\s#.*$/, '').split(/\s+/);
  const [name = '', sub = ''] = words;
  const command = name === 'rubric' && /^[a-z]+$/.test(sub) ? [name, sub] : [name];
  const options = words.filter((word) => /^--?[a-z]/.test(word));
  return /^[a-z]+$/.test(name) ? [{ command, options, line }] : [];
}

/** A link whose text is a name in code and whose target is a source file. */
export interface NamedLink {
  name: string;
  file: string;
}

/** Links such as [`runOnce`](../harness/run/run.ts). */
export function namedLinks(text: string): NamedLink[] {
  return [...text.matchAll(/\[`([A-Za-z]+)`\]\(([^()\s]+\.tsx?)\)/g)].map(
    ([, name = '', file = '']) => ({ name, file }),
  );
}

/** Whether a source file declares this function or constant at its top level. */
export function declares(source: string, name: string): boolean {
  return new RegExp(
    String.raw`^(?:export )?(?:async )?(?:function\*?|const|class|interface|type) ${name}\b`,
    'm',
  ).test(source);
}

/** The scenarios that test a rule; those of the kit itself are held in every run. */
function scenariosOf(rule: string): string {
  const ids = SCENARIOS.filter(({ source }) => source === rule).map(({ id }) => code(id));
  return ids.length === 0 ? 'every one' : ids.join(', ');
}

function isTableName(name: string): name is TableName {
  return name in TABLES;
}

function code(text: string): string {
  return `\`${text}\``;
}
