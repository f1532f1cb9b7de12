/** Makes one attempt and prints all that the jail reports: `try.js ATTEMPT [LEVEL]`. For those who write one. */

import { attemptInJail } from '../framework/jail.js';

const [name = '', level = 'none'] = process.argv.slice(2);
const { printed, ...report } = await attemptInJail(name, level === 'full' ? 'full' : 'none');
console.log(printed);
console.log(report);
