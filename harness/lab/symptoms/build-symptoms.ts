/** Programs that could not be built or started; the grader finds these before anything runs. */

import { defineSymptoms } from './symptom.js';

export const BUILD = defineSymptoms('build', {
  'not-startable': {
    title: 'one of its programs cannot be started',
    lookAt: 'The sentence above names the file, and what to do about it.',
    isBeforeStart: true,
  },
  'build-failed': {
    title: 'build failed',
    lookAt: 'The output of the build is in the evidence.',
    isBeforeStart: true,
  },
});
