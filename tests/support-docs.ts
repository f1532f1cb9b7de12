/**
 * The tables of scenarios, rules, faults, mutants and variants in the READMEs, made from the registries, and those of
 * what was measured of them, made from the kit's calibration. A README has them between marks such as
 * `<!-- faults -->` and `<!-- /faults -->`.
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { readMeasured } from '../grader/measured/measured.js';
import {
  markdownTable,
  mutantRows,
  preface,
  provenance,
  scenarioRows,
} from '../grader/views/terminal/calibration-markdown.js';
import { FAULTS, RULES, SCENARIOS } from '../harness/index.js';
import { MUTANTS } from '../reference/mutants/registry.js';
import { VARIANTS } from '../reference/variants/registry.js';
import { cleaned } from '../grader/text/sanitize.js';

type TableName =
  | 'scenarios'
  | 'rules'
  | 'faults'
  | 'mutants'
  | 'variants'
  | 'calibration'
  | 'calibration-scenarios';

const NOT_OURS = new Set(['node_modules', 'dist', 'dist-cov', 'coverage', 'pblab-out']);

const measured = readMeasured();

/** Lines above those tables that need to say where their numbers come from. */
const ABOVE: Partial<Record<TableName, string>> = {
  calibration: preface(cleaned(measured)),
  'calibration-scenarios': provenance(cleaned(measured)),
};

/** The tables as lists of rows, the heads first; cells are Markdown. */
const TABLES: Record<TableName, readonly (readonly string[])[]> = {
  scenarios: [
    ['scenario', 'what it does', 'rule of the lab'],
    ...SCENARIOS.map(({ id, title, source }) => [code(id), title, RULES[source]]),
  ],
  rules: [
    ['rule', 'what it says', 'scenarios'],
    ...Object.entries(RULES).map(([id, says]) => [code(id), says, scenariosOf(id)]),
  ],
  faults: [
    ['fault', 'what it does', 'what the caller sees'],
    ...FAULTS.map(({ name, does, callerSees }) => [code(name), does, callerSees]),
  ],
  mutants: [
    ['mutant', 'what a student was thinking', 'caught by', 'and yet passes'],
    ...MUTANTS.map(({ name, thought, caughtBy, passes }) => [
      code(name),
      thought,
      caughtBy.map(code).join(', '),
      passes.map(code).join(', '),
    ]),
  ],
  variants: [
    ['variant', 'what it does otherwise', 'why the lab allows it', 'settles'],
    ...VARIANTS.map(({ name, differs, allowed, settles }) => [
      code(name),
      differs,
      allowed,
      settles,
    ]),
  ],
  calibration: mutantRows(
    cleaned(measured),
    MUTANTS.map(({ name }) => name),
  ),
  'calibration-scenarios': scenarioRows(
    cleaned(measured),
    SCENARIOS.map(({ id }) => id),
  ),
};

/** The text with each table that it has marks for put between them; also the names of those. */
export async function withTables(text: string): Promise<{ text: string; tables: TableName[] }> {
  let result = text;
  const tables: TableName[] = [];
  for (const [name, rows] of Object.entries(TABLES)) {
    if (!isTableName(name)) continue;
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = result.indexOf(start);
    if (from === -1) continue;
    const to = result.indexOf(end, from);
    if (to === -1) throw new Error(`${start} has no ${end} after it`);
    const table = await renderTable(rows, ABOVE[name]);
    result = `${result.slice(0, from)}${start}\n\n${table}\n${result.slice(to)}`;
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

/** As prettier has it, so that the formatter and this agree; `above` is a paragraph. */
async function renderTable(
  rows: readonly (readonly string[])[],
  above: string | undefined,
): Promise<string> {
  const paragraph = above === undefined ? '' : `${above}\n\n`;
  return format(paragraph + markdownTable(rows), { parser: 'markdown' });
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
