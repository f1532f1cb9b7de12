/**
 * The contract of a move: something that can be done to a cluster, with everything about it drawn. A planned move
 * is a command of fast-check: `check` says whether it is possible now, `run` does it. Its data are plain, so
 * that a plan can be stored, shrunk and played again.
 */

import type { AsyncCommand, Arbitrary } from 'fast-check';
import type { Met } from '../stage/met.js';
import type { MoveData } from '../stage/plan-data.js';
import type { Model } from './model.js';
import type { Scene } from './actors.js';

export interface PlannedMove extends AsyncCommand<Model, Scene> {
  readonly kind: string;
  readonly data: MoveData;
  /** What it does, as a phrase such as `restart the backup at once`. */
  says(): string;
}

export interface Move {
  /** Permanent, kebab-case. */
  kind: string;
  /** Draws one; simpler ones come first when it is shrunk. */
  draw: Arbitrary<PlannedMove>;
  /** The move with these data, from wherever they come; undefined if it never draws such. */
  restore(data: unknown): PlannedMove | undefined;
  /** All triples that it can bring about. */
  covers: readonly Met[];
}

export interface MoveDefinition<Data extends MoveData> {
  kind: string;
  /** What it draws is all that it can be restored from, so it must be able to shrink without a context. */
  data: Arbitrary<Data>;
  /** What it does, as a phrase such as `restart the backup at once`. */
  says(data: Data): string;
  /** Whether it is possible now, while the service still owes answers; always possible if absent. */
  isPossible?(model: Model, data: Data): boolean;
  play(scene: Scene, model: Model, data: Data): Promise<void>;
  covers: readonly Met[];
}

export function defineMove<Data extends MoveData>(definition: MoveDefinition<Data>): Move {
  const { kind, covers, data: drawn } = definition;
  const plan = (data: Data): PlannedMove => ({
    kind,
    data,
    says: () => definition.says(data),
    check: (model) => model.isOwed && (definition.isPossible?.(model, data) ?? true),
    run: (model, scene) => definition.play(scene, model, data),
    toString: () => `${kind} ${JSON.stringify(data)}`,
  });
  /** Lets fast-check shrink a move that it has not drawn; that it throws tells that the move is of another kind. */
  const dataOf = (move: unknown): Data => {
    const { kind: found, data }: { kind?: unknown; data?: unknown } = Object(move);
    if (found === kind && drawn.canShrinkWithoutContext(data)) return data;
    throw new TypeError(`not a move of the kind ${kind}`);
  };
  return {
    kind,
    covers,
    draw: drawn.map(plan, dataOf),
    restore: (data) => (drawn.canShrinkWithoutContext(data) ? plan(data) : undefined),
  };
}
