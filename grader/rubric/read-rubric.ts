/**
 * Reads rubric.yaml and spells it out: patterns become scenarios, weights become points, and every scenario
 * gets its policy. Every complaint names the file, the line and the column, what was got and what was expected.
 */

import {
  checkYaml,
  decodeUnicode,
  readRegularFile,
  readYaml,
  UsageError,
  withoutByteOrderMark,
  yamlError,
} from '../../harness/index.js';
import { chooseScenarios } from '../plan/choice.js';
import { divideByWeight } from './hundredths.js';
import type { Rubric, RubricPart, RubricScenario } from './rubric.js';
import { complaintsAbout } from './rubric-complaints.js';
import { RUBRIC_FILE, type RubricFile, type RubricFilePart } from './rubric-schema.js';

const WORDING = { whole: 'the rubric', hint: '`pblab rubric new` prints a complete one' };

/** @throws UsageError when it cannot be read or says something wrong, with a line for each mistake. */
export function readRubric(file: string): Rubric {
  return parseRubric(readText(file), file);
}

/** The rubric in `text`, which is that of `file`. */
export function parseRubric(text: string, file: string): Rubric {
  const yaml = readYaml(text, file);
  if (yaml.value === null) throw new UsageError(`${file} is empty`, { hint: WORDING.hint });
  const content = checkYaml(RUBRIC_FILE, yaml, WORDING);
  const complaints = complaintsAbout(content, yaml);
  if (complaints.length > 0) throw yamlError(yaml, complaints, WORDING);
  return spelledOut(content);
}

function readText(file: string): string {
  const bytes = readRegularFile(file, { links: 'followed', called: 'the rubric' });
  const text = decodeUnicode(bytes, 'utf-8');
  if (text === undefined) {
    throw new UsageError(`${file} is not UTF-8 text`, { hint: WORDING.hint });
  }
  return withoutByteOrderMark(text);
}

function spelledOut({ runs, stopping, policy, parts, ...rest }: RubricFile): Rubric {
  return {
    ...rest,
    ...(runs === undefined ? {} : { runs }),
    ...(stopping === undefined ? {} : { stopping }),
    parts: parts.map((part) => spelledOutPart(part, policy)),
  };
}

function spelledOutPart(part: RubricFilePart, standard: RubricFile['policy']): RubricPart {
  const chosen = part.scenarios.flatMap((entry) =>
    chooseScenarios([entry.scenario]).map((scenario) => ({ ...entry, scenario })),
  );
  const shares =
    part.points === undefined
      ? []
      : divideByWeight(
          part.points,
          chosen.map(({ weight = 1 }) => weight),
        );
  const scenarios = chosen.map(
    ({ scenario, points, policy = part.policy ?? standard, hidden = part.hidden }, index) => {
      const worth = shares[index] ?? points;
      if (worth === undefined || policy === undefined) {
        throw new Error(`${scenario} has neither points nor a policy, and no check has found it`);
      }
      return { scenario, points: worth, policy, hidden } satisfies RubricScenario;
    },
  );
  return { name: part.name, scenarios };
}
