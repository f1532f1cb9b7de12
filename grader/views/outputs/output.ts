/**
 * An output: a pure function from the results of a grading to files for a course system, a build server or a
 * spreadsheet. The README of this folder explains how to add one.
 */

import type { RunRecord } from '../../../harness/index.js';
import type { Results } from '../../results/results.js';
import type { AskedColumns } from '../../files/tables/asked-columns.js';
import type { DecimalMark } from './decimal-mark.js';

export const TEMPLATE_ROLES = ['id', 'grade', 'feedback', 'maximum'] as const;

export type TemplateRole = (typeof TEMPLATE_ROLES)[number];

/** The options of a caller for a file that a course imports. */
export type ImportOption = 'template' | 'column' | 'templateColumns' | 'decimal' | 'scaleTo';

export interface OutputContext {
  results: Results;
  /** The records that count, one a run. May be called more than once. */
  records(): Iterable<RunRecord>;
  /** The content of the file that a course system has exported, for a format that fills one in. */
  template?: string | undefined;
  /** Title of the column to fill in; without it, the rubric's title. */
  column?: string | undefined;
  /** Titles of the template's columns, where they cannot be recognised. */
  templateColumns?: AskedColumns<TemplateRole> | undefined;
  /** The template's, where its own numbers do not tell it. */
  decimal?: DecimalMark | undefined;
  /** The maximum that all points are scaled to; without it, the rubric's. */
  scaleTo?: number | undefined;
  /** Environment of the grading job, in which some systems pass values that the result has to repeat. */
  environment?: Readonly<Record<string, string | undefined>>;
}

export interface OutputFile {
  /** Relative to the folder for outputs. */
  path: string;
  /** The content, or the pieces of a long one. */
  text: string | Iterable<string>;
  /** Warnings for the reader before the file is passed on, such as who is not in it; without full stops. */
  notes?: string[];
  /** Where a template was filled in: the points of each student, by id. */
  filled?: Readonly<Record<string, number>>;
}

export interface Output {
  /** As in `--format NAME`. */
  name: string;
  title: string;
  /** Files for students are made of results that are redacted for them. */
  audience: 'student' | 'staff' | 'automation';
  /** True if it fills in a file that a course system has exported. */
  needsTemplate?: boolean;
  /** True if it makes sense only with points. */
  needsRubric?: boolean;
  /** True if it is about students, whom a roster names. */
  needsRoster?: boolean;
  /** Options that make a difference to it. */
  takes?: readonly ImportOption[];
  /** True if a job prints it: without a place to put it, it goes to standard output. */
  isPrinted?: boolean;
  /** @throws UsageError when the results or the template do not hold what the format needs. */
  files(context: OutputContext): OutputFile[];
  /** The placeholder until there are results, for a system that takes a missing file for a failure. */
  placeholder?: string;
}
