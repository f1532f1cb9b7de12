/** Takes a signature apart; how it is put together is in the harness. */

import type { SignatureCount } from './scenario-tally.js';

export interface SignatureParts {
  /** The broken rule of the lab. */
  rule: string;
  /** What was observed, from a small fixed vocabulary; empty in a signature of another make. */
  symptom: string;
  /** How a process came to its end. */
  exit?: string;
  operation?: string;
  /** The last thing that was done to the cluster before it, such as `killed` or the name of a fault. */
  strike?: string;
}

const OPERATIONS = /^(?:get|put|append|puthash)$/;
const STRIKE = 'after ';

export function partsOf({ signature }: Pick<SignatureCount, 'signature'>): SignatureParts {
  const [rule = '', symptom = '', ...rest] = signature.split(' / ');
  const strike = rest.find((part) => part.startsWith(STRIKE));
  const operation = rest.find((part) => OPERATIONS.test(part));
  const exit = rest.find((part) => part !== strike && part !== operation);
  return {
    rule,
    symptom,
    ...(exit === undefined ? {} : { exit }),
    ...(operation === undefined ? {} : { operation }),
    ...(strike === undefined ? {} : { strike: strike.slice(STRIKE.length) }),
  };
}
