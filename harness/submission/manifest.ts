/**
 * Reads `pblab.yaml`, the manifest of a submission. Every complaint names the file, the line and the
 * column, what was got and what was expected.
 */

import { z } from 'zod';
import { OPERATION_KINDS } from '../history/operation.js';
import { checkYaml, readYaml } from '../ground/located-yaml.js';
import { misnamed } from './command-words.js';

export const MANIFEST_NAME = 'pblab.yaml';

const command = z.string().trim().min(1, 'expected a command');

const start = command.refine((text) => misnamed(text) === undefined, {
  error: ({ input }) => misnamed(String(input)),
});

const name = z
  .string()
  .regex(/^[\w.-]{1,64}$/, 'expected 1 to 64 letters, digits, "_", "." or "-"')
  .optional();

const operations = z.array(z.enum(OPERATION_KINDS)).min(1);

/** What its box lets in beside the usual. Only staff may say that, in a manifest that is not in the submission. */
const BOX = z.strictObject({
  /** Files and folders of this machine that programs and builds may read. */
  readonly: z.array(z.string().startsWith('/', 'expected an absolute path')).default([]),
  /** Whether builds may use the network. */
  network: z.boolean().default(false),
});

export type BoxSettings = z.infer<typeof BOX>;

const PROCESS_MANIFEST = z
  .strictObject({
    name,
    preset: z.literal('process', 'expected "process" or "go-lab"'),
    build: command.optional(),
    run: z.strictObject({
      view: start,
      /** Without server and clerk, only the scenarios of the view service can be played. */
      server: start.optional(),
      clerk: start.optional(),
      /** Speaks for the view service; the clerk command where it is left out. */
      viewClerk: start.optional(),
    }),
    protocol: z
      .enum(['pblab/1', 'net-rpc'], 'expected "pblab/1", "net-rpc", or no protocol at all')
      .optional(),
    // A server must count as dead within 2 s, because scenarios wait for views and listen to silences for
    // times that fit the lab's 500 ms; a manifest must not put its mistakes beyond them.
    pingIntervalMs: z.number().int().min(10).max(200).default(100),
    // With fewer, one round of the kit's own pings that comes a little late would look like a death.
    deadPings: z.number().int().min(4).max(10).default(5),
    operations: operations.default(['get', 'put', 'append']),
    box: BOX.optional(),
  })
  .refine(
    ({ protocol, run }) => protocol === 'pblab/1' || (run.viewClerk ?? run.clerk) !== undefined,
    {
      path: ['run'],
      error:
        'expected "viewClerk" or "clerk", of which the kit asks the view where protocol is not pblab/1',
    },
  );

const GO_LAB_MANIFEST = z.strictObject({
  name,
  preset: z.literal('go-lab'),
  /** The folder below the submission in which the packages are looked for. */
  root: z
    .string()
    .regex(/^(?!\/)(?!(.*\/)?\.\.(\/|$))/s, 'expected a folder below the submission')
    .default(''),
  /** Whether the race detector is built in. */
  race: z.boolean().default(false),
  /** Those that the clerk turns out to have, if it is left out. */
  operations: operations.optional(),
  box: BOX.optional(),
});

/** The manifest of a submission that says itself how its programs are built and started. */
export type Manifest = z.infer<typeof PROCESS_MANIFEST>;

/** The manifest of a repository with the packages of the stock Go lab. */
export type GoLabManifest = z.infer<typeof GO_LAB_MANIFEST>;

/** The settings for a Go repository without a manifest. */
export const PLAIN_GO_LAB: GoLabManifest = GO_LAB_MANIFEST.parse({ preset: 'go-lab' });

const WORDING = {
  whole: 'the manifest',
  hint: 'harness/submission/README.md shows a complete manifest',
};

/** The manifest in `text`; throws `UsageError` with the place of the first mistake. */
export function parseManifest(text: string, file: string): Manifest | GoLabManifest {
  const yaml = readYaml(text, file);
  if (hasOnlyBox(yaml.value)) return { ...PLAIN_GO_LAB, box: parseBox(text, file) };
  return isOfGoLab(yaml.value)
    ? checkYaml(GO_LAB_MANIFEST, yaml, WORDING)
    : checkYaml(PROCESS_MANIFEST, yaml, WORDING);
}

/** What a manifest says of the box; the rest of it may be for other submissions. */
export function parseBox(text: string, file: string): BoxSettings | undefined {
  const yaml = readYaml(text, file);
  // What is wrong with the rest matters to those that it is for.
  if (!isMap(yaml.value) || !('box' in yaml.value)) return undefined;
  return checkYaml(z.looseObject({ box: BOX.optional() }), yaml, WORDING).box;
}

/** Staff may have nothing else to say. */
function hasOnlyBox(value: unknown): boolean {
  return isMap(value) && Object.keys(value).join() === 'box';
}

function isOfGoLab(value: unknown): boolean {
  return isMap(value) && 'preset' in value && value.preset === 'go-lab';
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
