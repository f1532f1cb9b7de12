/** The reference as a program: `main.js view SELF | server VIEW SELF | clerk VIEW`. */

import { COMMANDS, REFERENCE, run } from './command.js';

run(process.argv.slice(2), REFERENCE, `usage: main.js ${COMMANDS}`);
