/**
 * A plan as plain data, so that it can be stored with its run and played again, and as lines for people. The data of
 * each move are checked by what draws them: a move that could not have been drawn is not played.
 */

import { UsageError } from '../../ground/errors.js';
import { describeData, previewKey } from '../../history/describe.js';
import { PLAN_DATA, type PlanData } from '../stage/plan-data.js';
import type { PlannedMove } from './move.js';
import { MOVES } from './moves/registry.js';
import type { Plan } from './draw-plan.js';

/** The data of a plan, equal for equal plans. */
export function dataOf({ servers, clients, keys, moves }: Plan): PlanData {
  return {
    servers,
    clients,
    keys: [...keys],
    moves: moves.map(({ kind, data }) => ({ kind, data: { ...data } })),
  };
}

/** A plan from data of any origin; throws a `UsageError` that says where it is not a plan of this kit. */
export function parsePlan(value: unknown): Plan {
  const { data: plan, error } = PLAN_DATA.safeParse(value);
  if (plan === undefined) {
    const [issue] = error.issues;
    throw new UsageError(`this is not a plan: ${nameOf(issue?.path ?? [])}: ${issue?.message}`, {
      expected: 'a plan as run.json of an evidence folder has it',
    });
  }
  return { ...plan, moves: plan.moves.map(restore) };
}

/** The beginning, and one line for each move, such as `restart the backup at once`. */
export function describePlan(plan: PlanData): { begins: string; moves: string[] } {
  const { servers, clients, keys, moves } = parsePlan(plan);
  const begins = [
    count(servers, 'server'),
    count(clients, 'client'),
    `${keys.length === 1 ? 'key' : 'keys'} ${keys.map(previewKey).join(', ')}`,
  ];
  return { begins: begins.join(', '), moves: moves.map((move) => move.says()) };
}

function restore({ kind, data }: PlanData['moves'][number], at: number): PlannedMove {
  const where = `move ${at + 1} of the plan`;
  const move = MOVES.find((one) => one.kind === kind);
  if (move === undefined) {
    throw new UsageError(`${where} is of a kind that this version of the kit does not have`, {
      got: kind,
      expected: `one of ${MOVES.map((one) => one.kind).join(', ')}`,
    });
  }
  const restored = move.restore(data);
  if (restored !== undefined) return restored;
  throw new UsageError(`${where} cannot be played by this version of the kit`, {
    got: `${kind} with ${describeData(data)}`,
    expected: `data that it draws for ${kind}`,
    hint: 'play the plan with the version that has stored it',
  });
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the whole' : path.map(String).join('.');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
