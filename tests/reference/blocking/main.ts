/** The reference with the blocking server: `main.js view|server|clerk ...`. */

import { COMMANDS, REFERENCE, run } from '../../../reference/command.js';
import { BlockingServer } from './server.js';

const parts = { ...REFERENCE, server: BlockingServer };
run(process.argv.slice(2), parts, `usage: main.js ${COMMANDS}`);
