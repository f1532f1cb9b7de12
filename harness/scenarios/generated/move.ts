/**
 * The contract of a move: something that can be done to a cluster, with everything about it drawn. A planned move
 * is a command of fast-check: `check` says whether it is possible as things are, `run` does it. Its data are plain, so
 * that a plan can be stored, shrunk and played again.
 */

import type { AsyncCommand, Arbitrary } from 'fast-check';
import type { Met } from './coverage.js';
import type { Model } from './model.js';
import type { Scene } from './scene.js';

/** The data of a move, as JSON has them. */
export type MoveData = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface PlannedMove extends AsyncCommand<Model, Scene> {
  readonly kind: string;
  readonly data: MoveData;
}

export interface Move {
  /** Permanent, kebab-case. */
  kind: string;
  /** Draws one; simpler ones come first when it is shrunk. */
  draw: Arbitrary<PlannedMove>;
  /** All triples that it can bring about. */
  covers: readonly Met[];
}

export interface MoveDefinition<Data extends MoveData> {
  kind: string;
  data: Arbitrary<Data>;
  isPossible(model: Model, data: Data): boolean;
  play(scene: Scene, model: Model, data: Data): Promise<void>;
  covers: readonly Met[];
}

export function defineMove<Data extends MoveData>(definition: MoveDefinition<Data>): Move {
  const { kind, covers, data: drawn } = definition;
  const plan = (data: Data): PlannedMove => ({
    kind,
    data,
    check: (model) => definition.isPossible(model, data),
    run: (model, scene) => definition.play(scene, model, data),
    toString: () => `${kind} ${JSON.stringify(data)}`,
  });
  return {
    kind,
    covers,
    draw: drawn.map(plan),
  };
}
