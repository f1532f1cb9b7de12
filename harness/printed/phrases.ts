/**
 * The words in which the libraries of Go and of Node, and the reference, tell that a connection has failed,
 * and what each of them means. Programs print them by the thousand on unreliable links and are right to;
 * a phrase matters only together with the reaction of the program.
 */

/** The name of the error in evidence: Go's own word, also for its relatives in Node. */
export type Phrase =
  | 'unexpected EOF'
  | 'connection reset by peer'
  | 'broken pipe'
  | 'connection is shut down'
  | 'gob error'
  | 'connection refused'
  | 'no such socket';

/** Phrase → what it means to who reads it, as one sentence. */
export const PHRASES: Readonly<Record<Phrase, string>> = {
  'unexpected EOF':
    'the connection ended before the reply was whole, so the request may or may not have been executed',
  'connection reset by peer':
    'the other side closed the connection with the request unread, so it was not executed there (unless several calls shared the connection)',
  'broken pipe':
    'the other side had closed the connection before the request was written, so it was not executed there',
  'connection is shut down': 'the connection had ended before the call was made on it',
  'gob error': 'the message could not be decoded, as when a stream is cut or types differ',
  'connection refused': 'the socket was there, but no process listened on it',
  'no such socket': 'no process listened: it was down, or the link to it was cut',
};

/** Whether the phrase means that no process listened, and not how a call ended. */
export function isDial(phrase: Phrase): boolean {
  return phrase === 'connection refused' || phrase === 'no such socket';
}

/** An error in the printed words. */
export interface PrintedPhrase {
  phrase: Phrase;
  /** Whom the program had called, where the error names it. */
  peer?: string;
}

/** The pattern of each phrase in a line; a group holds the path that was dialled. */
const SPELLINGS: readonly [Phrase, RegExp][] = [
  [
    'connection refused',
    /dial unix ([^\s:]+): connect: connection refused|connect ECONNREFUSED ([^\s:]+)|to (\S+) failed: ECONNREFUSED/,
  ],
  [
    'no such socket',
    /dial unix ([^\s:]+): connect: no such file or directory|connect ENOENT ([^\s:]+)|to (\S+) failed: ENOENT/,
  ],
  ['unexpected EOF', /unexpected EOF|\bend of stream\b/],
  [
    'connection reset by peer',
    /unix \S*->([^\s:]+): .*connection reset by peer|connection reset by peer|\bECONNRESET\b/s,
  ],
  ['broken pipe', /unix \S*->([^\s:]+): .*broken pipe|broken pipe|\bEPIPE\b/s],
  ['connection is shut down', /connection is shut down/],
  ['gob error', /\bgob: /],
];

/** The pattern of lines that are read, as the source of a regular expression; most lines do not match. */
export const PHRASE_HINTS =
  'unexpected EOF|end of stream|connection reset by peer|ECONNRESET|broken pipe|EPIPE|connection is shut down|gob: |dial unix |connect E|failed: E';

/** The error that a line of output tells of, if any. */
export function readPhrase(line: string): PrintedPhrase | undefined {
  for (const [phrase, spelling] of SPELLINGS) {
    const match = spelling.exec(line);
    if (match === null) continue;
    const path = match.slice(1).find((group) => group !== undefined);
    return path === undefined ? { phrase } : { phrase, peer: lastPart(path) };
  }
  return undefined;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
