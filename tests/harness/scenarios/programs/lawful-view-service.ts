/** Runs one of the lawful view services: `lawful-view-service.js NAME view SELF`. */

import { COMMANDS, REFERENCE, failUsage, run } from '../../../../reference/command.js';
import { LAWFUL } from './lawful-view-services.js';

const [name = '', ...args] = process.argv.slice(2);
const view = LAWFUL[name] ?? failUsage(`unknown view service "${name}"`);
run(args, { ...REFERENCE, view }, `usage: lawful-view-service.js NAME ${COMMANDS}`);
