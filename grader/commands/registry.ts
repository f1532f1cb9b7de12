/** All commands, in the order of `pblab --help`. */

import type { Command } from 'commander';
import { addCalibrate } from './calibrate.js';
import { addCheck } from './check.js';
import { addCompare } from './compare.js';
import { addDemo } from './demo.js';
import { addExport } from './export.js';
import { addGrade } from './grade.js';
import { addInit } from './init.js';
import { addList } from './list.js';
import { addMerge } from './merge.js';
import { addRegrade } from './regrade.js';
import { addReplay } from './replay.js';
import { addReport } from './report.js';
import { addResume } from './resume.js';
import { addRubric } from './rubric.js';
import { addShrink } from './shrink.js';
import { addStatus } from './status.js';
import { addSweep } from './sweep.js';
import { addTest } from './test.js';
import { addWork } from './work.js';

/** Each adds its command to the program. */
export const COMMANDS: readonly ((program: Command) => void)[] = [
  addInit,
  addGrade,
  addTest,
  addReplay,
  addShrink,
  addSweep,
  addCompare,
  addResume,
  addMerge,
  addRegrade,
  addWork,
  addStatus,
  addReport,
  addExport,
  addCheck,
  addList,
  addRubric,
  addCalibrate,
  addDemo,
];
