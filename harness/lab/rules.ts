/**
 * The rules of the lab, in our words, each with a permanent id. Scenarios name the rule they test and
 * failures name the rule that was broken. Source: the hand-outs of MIT 6.824 Lab 2, 2012 to 2015; but
 * `view-answers`, `kv-frugal`, `kv-memory` and `kv-resources` are ours, and what they test is worth few points.
 */

/** Rule id → the rule, as one sentence a student can be shown. */
export const RULES = {
  'view-first': 'The first server that pings becomes the primary of view 1, with no backup.',
  'view-dead':
    'A server that has not pinged for five ping intervals is dead, and the view changes.',
  'view-restart':
    'A primary or backup that pings with number 0 has lost its memory and counts as dead.',
  'view-acknowledged':
    'A view is not left before its primary has pinged with its number, even if that means waiting for ever.',
  'view-promotion':
    'Only the primary or the backup of the last view may be primary of the next, and only with its data.',
  'view-numbers':
    'Views are numbered 0, 1, 2, ... without gaps; a number stands for one view and never goes back.',
  'view-members':
    'Primary and backup of a new view are two different servers that have pinged, and that live.',
  'view-idle':
    'An idle server becomes backup as soon as the place is empty, in the same change as a promotion, and not before.',
  'view-stable': 'The view stays as it is while its members live.',
  'view-answers': 'The view service answers whoever asks, however many ask at once.',
  'kv-latest': 'A Get returns the value of the latest completed writes, or "" for a missing key.',
  'kv-at-most-once': 'Every update takes effect once, however often its clerk had to retry.',
  'kv-clerk-retries':
    'A clerk call returns only when it is done; until then the clerk retries, asking for the view.',
  'kv-forwarding':
    'The primary answers only after the backup of its view has accepted the operation, reads included.',
  'kv-roles': 'A server that is not the primary of the current view refuses client requests.',
  'kv-promoted':
    'A server that has become primary refuses forwards and transfers of the primary before it.',
  'kv-transfer':
    'A new backup receives the whole database and the duplicate filter before it is needed.',
  'kv-survival':
    'The service lives as long as one initialised server lives, and stays silent once none does.',
  'kv-view-cached':
    'A clerk keeps the view in mind; neither it nor a server asks the view service for every operation.',
  'kv-paced-retries': 'A clerk pauses for about a ping interval before it tries again.',
  'kv-frugal':
    'An operation takes a request and its forward, which carries what was asked and not what results.',
  'kv-memory':
    'What a server keeps grows with the keys and the clients there are, not with every operation.',
  'kv-resources':
    'A server, the view service and a clerk hold no more descriptors, threads and memory than the keys, the clients and the calls under way need, however many operations there have been.',
  'kit-process':
    'A server stays up, listens on its own socket and keeps its output within bounds until it is stopped.',
  'kit-clerk':
    'A clerk process answers every request with exactly one line, in the form asked for.',
} as const;

export type RuleId = keyof typeof RULES;
