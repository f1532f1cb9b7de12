import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { EXIT } from '../../grader/ground/exit-code.js';
import { codeBlocks } from '../support-docs.js';
import { ROOT } from './support.js';

const PAGE = readFileSync(join(ROOT, 'grader/campaign/queue/README.md'), 'utf8');

function block(language: string): string {
  const [text] = codeBlocks(PAGE, language);
  return text ?? expect.fail(`no block of ${language}`);
}

const LABELS = z.object({ app: z.string() });

const DEPLOYMENT = z.object({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    replicas: z.int(),
    selector: z.object({ matchLabels: LABELS }),
    template: z.object({
      metadata: z.object({ labels: LABELS }),
      spec: z.looseObject({
        containers: z
          .array(
            z.looseObject({
              command: z.array(z.string()),
              env: z.array(z.looseObject({ name: z.literal('PBLAB_QUEUE') })).length(1),
            }),
          )
          .length(1),
      }),
    }),
  }),
});

/** The settings of a unit by section; fails for a line that is none. */
function unitOf(text: string): Record<string, Record<string, string>> {
  const unit: Record<string, Record<string, string>> = {};
  let section = '';
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, name] = /^\[(\w+)\]$/.exec(line) ?? [];
    const [, key, value] = /^(\w+)=(.+)$/.exec(line) ?? [];
    section = name ?? section;
    if (name === undefined && key === undefined) expect.fail(`not a setting: ${line}`);
    unit[section] = { ...unit[section], ...(key === undefined ? {} : { [key]: value ?? '' }) };
  }
  return unit;
}

describe('the page on queues', () => {
  it('has a Deployment whose pods are those that it selects, and run agents', () => {
    const { spec } = DEPLOYMENT.parse(parse(block('yaml')));
    expect(spec.template.metadata.labels).to.deep.equal(spec.selector.matchLabels);
    const [container] = spec.template.spec.containers;
    expect(container?.command.slice(0, 2)).to.deep.equal(['pblab', 'work']);
  });

  it('has a unit that starts an agent again, unless its call is wrong or it had to leave', () => {
    const { Service = {} } = unitOf(block('ini'));
    expect(Service['ExecStart']).to.match(/^\/\S+\/pblab work$/);
    expect(Service['Restart']).to.equal('always');
    expect(Service['RestartPreventExitStatus']).to.equal(`${EXIT.usage} ${EXIT.kitBroke}`);
  });
});
