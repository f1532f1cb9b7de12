/**
 * The rules of the lab, in our words, each with a permanent id. Scenarios name the rule they test and
 * failures name the rule that was broken. Source: the hand-outs of MIT 6.824 Lab 2, 2012 to 2015; but
 * `view-answers`, `kv-frugal`, `kv-memory` and `kv-resources` are ours, and their scenarios are worth few points.
 */

/** Rule id → the rule, as one sentence a student can be shown. */
export const RULES = {
  'view-first': 'The first server that pings becomes the primary of view 1, with no backup.',
  'view-dead':
    'A server that has not pinged for five ping intervals is dead, and the view changes.',
  'view-restart':
    'A primary or backup that pings with number 0 has lost its memory and counts as dead.',
  'view-acknowledged':
    'The view does not change before its primary has pinged with its number, even if that means waiting for ever.',
  'view-promotion':
    'Only the primary or the backup of the last view may be primary of the next, and only with its data.',
  'view-numbers':
    'Views are numbered 0, 1, 2, ... without gaps; a number stands for one view and never goes back.',
  'view-members':
    'Primary and backup of a new view are two different live servers that have pinged.',
  'view-idle':
    'An idle server becomes backup as soon as there is no backup, in the same change as a promotion, and not before.',
  'view-stable': 'The view stays as it is while its members live.',
  'view-answers': 'The view service answers every request, however many arrive at once.',
  'kv-latest': 'A Get returns the value of the latest completed writes, or "" for a missing key.',
  'kv-at-most-once': 'Every update takes effect once, however often its clerk had to retry.',
  'kv-clerk-retries':
    'A clerk call returns only when its operation is done; until then the clerk asks for the view and retries.',
  'kv-forwarding':
    'The primary answers only after the backup of its view has accepted the operation, reads included.',
  'kv-roles': 'A server that is not the primary of the current view refuses client requests.',
  'kv-promoted':
    'A server that has become primary refuses forwards and transfers from the previous primary.',
  'kv-transfer':
    'A new backup receives the whole database and the duplicate filter before it is needed.',
  'kv-survival':
    'The service works while at least one initialised server lives, and stays silent after that.',
  'kv-view-cached':
    'A clerk caches the view; clerks and servers do not ask the view service for every operation.',
  'kv-paced-retries': 'A clerk pauses for about a ping interval before it tries again.',
  'kv-frugal':
    'An operation takes one request and one forward; the forward carries the request, not its result.',
  'kv-memory':
    'The data of a server grows with the number of keys and clients, not with every operation.',
  'kv-resources':
    'A server, the view service and a clerk hold only the descriptors, threads and memory that the keys, the clients and the open calls need, after any number of operations.',
  'kit-process':
    'A server stays up, listens on its own socket and keeps its output within bounds until it is stopped.',
  'kit-clerk':
    'A clerk process answers every request with exactly one line, in the form asked for.',
  'kit-wire':
    'A clerk sends its updates to servers, and returns what servers have answered, over the sockets of the lab.',
} as const;

export type RuleId = keyof typeof RULES;
