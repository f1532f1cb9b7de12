/** Processes that ended by themselves. */

import { defineSymptoms } from './symptom.js';

export const CRASH = defineSymptoms('crash', {
  exited: {
    title: 'process ended by itself',
    lookAt: 'Its log is in the evidence of the run; its last lines say why it ended.',
  },
  'ended-before-listening': {
    title: 'process ended before it listened on its socket',
    lookAt: 'Its log is in the evidence of the run; its last lines say why it did not start.',
    isBeforeStart: true,
  },
});
