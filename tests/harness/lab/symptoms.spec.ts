/** The table of symptoms, and signatures as fields and as strings. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { OPERATION_KINDS } from '../../../harness/history/operation.js';
import { RULES } from '../../../harness/lab/rules.js';
import {
  buildSignature,
  formatSignature,
  hasSymptom,
  parseSignature,
} from '../../../harness/lab/signature.js';
import { findSymptom, symptomWords, SYMPTOMS } from '../../../harness/lab/symptoms.js';
import { BUILD } from '../../../harness/lab/symptoms/build-symptoms.js';
import { COST } from '../../../harness/lab/symptoms/cost-symptoms.js';
import { CRASH } from '../../../harness/lab/symptoms/crash-symptoms.js';
import { LIVENESS } from '../../../harness/lab/symptoms/liveness-symptoms.js';
import { PROTOCOL } from '../../../harness/lab/symptoms/protocol-symptoms.js';
import { SAFETY } from '../../../harness/lab/symptoms/safety-symptoms.js';

describe('symptoms', () => {
  it('have one class each', () => {
    const classes = [SAFETY, LIVENESS, CRASH, PROTOCOL, COST, BUILD];
    const ids = classes.flatMap((symptoms) => Object.keys(symptoms));
    expect(ids).to.have.members(Object.keys(SYMPTOMS)).and.have.length(new Set(ids).size);
    expect(SYMPTOMS['stale-read'].class).to.equal('safety');
    expect(SYMPTOMS.exited.class).to.equal('crash');
  });

  it('have other words under a rule that needs them', () => {
    expect(symptomWords('kv-roles', 'answered-without-right')?.title).to.equal(
      '{operation} answered by a server that had to refuse it',
    );
    expect(symptomWords('kv-forwarding', 'answered-without-right')?.title).to.equal(
      '{operation} answered without the backup',
    );
  });

  it('have no words where no symptom has this id', () => {
    for (const id of ['', 'of-another-version', 'constructor', '__proto__']) {
      expect(symptomWords('kv-latest', id)).to.equal(undefined);
      expect(findSymptom(id)).to.equal(undefined);
    }
    expect(symptomWords('constructor', 'too-costly')?.title).to.equal(
      'more calls or bytes than needed',
    );
  });
});

describe('a signature', () => {
  const maybe = (arbitrary: fc.Arbitrary<string>) => fc.option(arbitrary, { nil: undefined });

  it('is the same after it was stored', () => {
    fc.assert(
      fc.property(
        fc.record({
          rule: fc.constantFrom(...Object.keys(RULES)),
          symptom: fc.constantFrom(...Object.keys(SYMPTOMS)),
          exit: maybe(fc.constantFrom('exit code 1', 'panic in main.(*S).Get', 'not started')),
          operation: maybe(fc.constantFrom(...OPERATION_KINDS)),
          after: maybe(fc.constantFrom('killed', 'paused', 'drop-reply')),
        }),
        (signature) => {
          expect(parseSignature(formatSignature(signature))).to.deep.equal(signature);
        },
      ),
    );
  });

  it('is stored as one string', () => {
    const read = { rule: 'kv-latest', symptom: 'stale-read', operation: 'get', after: 'killed' };
    expect(formatSignature(read)).to.equal('kv-latest / stale-read / get / after killed');
    expect(buildSignature('not-startable')).to.equal('build / not-startable');
  });

  it('may be of another version', () => {
    const parsed = parseSignature('something else');
    expect(parsed).to.include({ rule: 'something else', symptom: '' });
    expect(hasSymptom(parsed, 'stale-read', 'exited')).to.equal(false);
    expect(hasSymptom(parseSignature('kit-process / exited'), 'exited')).to.equal(true);
  });
});
