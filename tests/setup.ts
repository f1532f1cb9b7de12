/**
 * Loaded before all tests: whoever starts them, commands are shown as those of an installed pblab, and submissions are
 * isolated where the machine can do it in full. Elsewhere the tests run without isolation, as if the caller had asked
 * for that.
 */

import { findIsolation } from '../harness/box/probe.js';

delete process.env['npm_lifecycle_event'];

const { level } = await findIsolation();
if (level !== 'full') process.env['PBLAB_ISOLATION'] ??= 'none';
