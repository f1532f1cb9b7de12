/**
 * Facts that only the source tells about the functions that our programs call: in which order they take their two names,
 * and how its clerks tell themselves apart. The compiled program knows the types, and not the names.
 */

import { functionsIn, variablesIn, type GoFunction } from './source.js';

export interface Constructors {
  /** Those that take their own name before that of the view service, such as `viewservice.MakeClerk`. */
  selfFirst: string[];
  /** Whether a clerk is given its name, and not "" as by the stock tests. */
  clerksAreNamed: boolean;
  /** Whether clerks number themselves by a variable of the package, which each of our processes has for itself. */
  clerksAreCounted: boolean;
}

/** Reads the texts of both packages. */
export function readConstructors(viewService: string, kvService: string): Constructors {
  const kv = functionsIn(kvService);
  const maker = named(kv, 'MakeClerk');
  const orders: [name: string, isSelfFirst: boolean][] = [
    ['viewservice.MakeClerk', isSelfFirst(named(functionsIn(viewService), 'MakeClerk'), true)],
    ['pbservice.StartServer', isSelfFirst(named(kv, 'StartServer'), false)],
    ['pbservice.MakeClerk', isSelfFirst(maker, false)],
  ];
  return {
    selfFirst: orders.filter(([, first]) => first).map(([name]) => name),
    clerksAreNamed: maker !== undefined && usesItsName(maker) && !pings(kv, maker),
    clerksAreCounted: maker !== undefined && counts(kv, maker, variablesIn(kvService)),
  };
}

function named(functions: readonly GoFunction[], name: string): GoFunction | undefined {
  return functions.find((each) => each.receiver === '' && each.name === name);
}

/** In the order in which they are tried: `myhost` is its own, `vshost` and `host` are those of the view service. */
const MEANINGS: readonly (readonly [meaning: 'view service' | 'self', words: RegExp])[] = [
  ['view service', /^vs|view/i],
  ['self', /^(me|name|addr|address|id|this|who|whoami|port)$|^(my|self|own|local|clerk|client)/i],
  ['view service', /^(host|server)$|host$/i],
];

/** Whether it says that its own name comes first; `stock` where it does not say. */
function isSelfFirst(taker: GoFunction | undefined, stock: boolean): boolean {
  const [first, second, ...more] = namesTaken(taker);
  if (first === undefined || second === undefined || more.length > 0) return stock;
  const [one, two] = [meaningOf(first), meaningOf(second)];
  if (one === two) return stock;
  return one === 'self' || two === 'view service';
}

function meaningOf(name: string): 'view service' | 'self' | undefined {
  return MEANINGS.find(([, words]) => words.test(name))?.[0];
}

/** The parameters that a name can be given for. */
function namesTaken(taker: GoFunction | undefined): string[] {
  return (taker?.parameters ?? [])
    .filter(({ type }) => !/^(\.\.\.|<-|chan\b|context\.)/.test(type))
    .map(({ name }) => name);
}

/** Whether the constructor does without a name what it does not do with one, such as to number the clerk. */
function usesItsName(maker: GoFunction): boolean {
  const names = namesTaken(maker);
  const name = names[isSelfFirst(maker, false) ? 0 : 1];
  if (names.length !== 2 || name === undefined || /^_?$/.test(name)) return false;
  // The stock tests give "", so what a clerk does with a name counts only where it does something else without one.
  return new RegExp(String.raw`(?<![.\w])(${name}\s*[!=]=\s*""|len\(\s*${name}\s*\))`).test(
    maker.body,
  );
}

/** Whether a clerk pings: with a name it would become a member of views. */
function pings(functions: readonly GoFunction[], maker: GoFunction): boolean {
  const clerk = /\w+/.exec(maker.results)?.[0];
  return functions
    .filter((each) => each === maker || (each.receiver !== '' && each.receiver === clerk))
    .some(({ body }) => /\.\s*Ping\s*\(/.test(body));
}

/** Whether the constructor, or a function that it calls, counts a variable of the package up. */
function counts(
  functions: readonly GoFunction[],
  maker: GoFunction,
  variables: readonly string[],
): boolean {
  const called = functions.filter(
    ({ receiver, name }) =>
      receiver === '' && new RegExp(String.raw`(?<![.\w])${name}\s*\(`).test(maker.body),
  );
  const isCounted = (variable: string) =>
    new RegExp(
      String.raw`(?<![.\w])${variable}\s*(\+\+|\+=|=\s*${variable}\s*\+|\.Add\()|\.Add\w+\(\s*&${variable}\b`,
    );
  return variables.some((variable) =>
    [maker, ...called].some(({ body }) => isCounted(variable).test(body)),
  );
}
