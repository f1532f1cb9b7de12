/** All commands, in the order of `pblab --help`. */

import type { Command } from 'commander';
import { addCalibrate } from './calibrate.js';
import { addCheck } from './check.js';
import { addCompare } from './compare.js';
import { addDemo } from './demo.js';
import { addExport } from './export.js';
import { addGrade } from './grade.js';
import { addList } from './list.js';
import { addRegrade } from './regrade.js';
import { addReplay } from './replay.js';
import { addReport } from './report.js';
import { addResume } from './resume.js';
import { addRubric } from './rubric.js';
import { addShrink } from './shrink.js';
import { addSweep } from './sweep.js';
import { addTest } from './test.js';

/** Each adds its command to the program. */
export const COMMANDS: readonly ((program: Command) => void)[] = [
  addGrade,
  addTest,
  addReplay,
  addShrink,
  addSweep,
  addCompare,
  addResume,
  addRegrade,
  addReport,
  addExport,
  addCheck,
  addList,
  addRubric,
  addCalibrate,
  addDemo,
];
