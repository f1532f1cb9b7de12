/** All attempts, by the room of the table that they belong to and by their names. */

import { bombs } from './attacks/bombs.js';
import { build } from './attacks/build.js';
import { channels } from './attacks/channels.js';
import { loneClerk, sharedClerks } from './attacks/clerks.js';
import { forgedRecord } from './attacks/forged-record.js';
import { freezing, killing } from './attacks/freezing.js';
import { goInit } from './attacks/go-init.js';
import { grading } from './attacks/grading.js';
import { inspector } from './attacks/inspector.js';
import { leftovers } from './attacks/leftovers.js';
import { lookAround } from './attacks/look-around.js';
import { storyByFile, storyByViewService } from './attacks/memory-story.js';
import { filling, flooding, ownDirectory } from './attacks/output.js';
import { peers } from './attacks/peers.js';
import { referenceName } from './attacks/reference-name.js';
import { signals } from './attacks/signals.js';
import { spinning } from './attacks/spinning.js';
import { systemCalls } from './attacks/system-calls.js';
import { trees } from './attacks/trees.js';
import { words } from './attacks/words.js';
import { graderKiller, workerKiller } from './attacks/worker-killers.js';
import type { Attempt } from './framework/attack.js';

type Attempts = Readonly<Record<string, Attempt>>;

export const VERDICT: Attempts = {
  'forged-record': forgedRecord,
  inspector,
  grading,
  words,
  'reference-name': referenceName,
};

export const FILES: Attempts = { peers, trees };

export const BUILD: Attempts = { build };

export const RUN: Attempts = {
  'look-around': lookAround,
  'system-calls': systemCalls,
  freezing,
  killing,
};

export const MEMORY: Attempts = {
  channels,
  'story-by-file': storyByFile,
  'story-by-view-service': storyByViewService,
  'shared-clerks': sharedClerks,
  'lone-clerk': loneClerk,
  'go-init': goInit,
  'own-directory': ownDirectory,
};

export const LOAD: Attempts = {
  leftovers,
  signals,
  bombs,
  flooding,
  filling,
  spinning,
  'worker-killer': workerKiller,
  'grader-killer': graderKiller,
};

export const ATTEMPTS: Attempts = { ...VERDICT, ...FILES, ...BUILD, ...RUN, ...MEMORY, ...LOAD };
