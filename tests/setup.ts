/**
 * Loaded before all tests: whoever starts them, commands are shown as those of an installed pblab, and submissions are
 * isolated where the machine can do it in full. Elsewhere the tests run without isolation, as if the caller had asked
 * for that. No test asks a server of the Internet, and each start of Node would read these certificates, which takes
 * three times as long as the start without.
 */

import { findIsolation } from '../harness/box/probe.js';

delete process.env['npm_lifecycle_event'];
delete process.env['NODE_EXTRA_CA_CERTS'];

const { level } = await findIsolation();
if (level !== 'full') process.env['PBLAB_ISOLATION'] ??= 'none';
