/** All faults by name, with what they do and what the caller sees, for lists and documentation. */

export interface FaultDescription {
  name: string;
  /** What happens, as a phrase. */
  does: string;
  callerSees: string;
}

export const FAULTS: readonly FaultDescription[] = [
  {
    name: 'drop-request',
    does: 'accepts the connection and closes it with the request unread',
    callerSees: 'connection reset, or broken pipe',
  },
  {
    name: 'drop-reply',
    does: 'delivers the request and loses the reply, early (still executing) or late (answered)',
    callerSees: 'end of stream before the reply',
  },
  {
    name: 'delay-request',
    does: 'holds the request back for a time',
    callerSees: 'a late reply',
  },
  { name: 'delay-reply', does: 'holds the reply back for a time', callerSees: 'a late reply' },
  { name: 'hang', does: 'accepts the connection and does nothing more', callerSees: 'silence' },
  {
    name: 'refuse',
    does: 'takes the listening socket away; calls under way go on',
    callerSees: 'no such file, or connection refused',
  },
  {
    name: 'truncate-reply',
    does: 'passes on the first part of the reply, then ends the stream',
    callerSees: 'end of stream inside the reply',
  },
  {
    name: 'truncate-request',
    does: 'delivers the first part of the request, then ends the stream',
    callerSees: 'end of stream before the reply',
  },
  {
    name: 'late-request',
    does: 'ends the stream at once, and delivers the request later all the same',
    callerSees: 'end of stream before the reply',
  },
  {
    name: 'duplicate-request',
    does: 'delivers the request, and once more later',
    callerSees: 'the first reply',
  },
  {
    name: 'hold-and-release',
    does: 'holds the requests of a link, and delivers them in the reverse order',
    callerSees: 'a late reply',
  },
  {
    name: 'slow',
    does: 'delivers the request piece by piece, at a rate in bytes per second',
    callerSees: 'a late reply',
  },
  {
    name: 'reset-mid-call',
    does: 'waits until the request has been written, then closes with it unread',
    callerSees: 'connection reset',
  },
  {
    name: 'cut',
    does: 'takes the link away and severs calls under way, in one direction or in both',
    callerSees: 'end of stream, then no such file, or connection refused',
  },
  {
    name: 'strike-mid-call',
    does: 'kills or freezes the callee while a call is in flight',
    callerSees: 'reset, end of stream before or inside the reply, or silence, by position',
  },
  {
    name: 'misdirect',
    does: 'delivers the call to another process than the one that was dialled',
    callerSees: 'what the other process answers',
  },
  {
    name: 'unreliable',
    does: 'per call: request lost with 10 %, reply lost after execution with 18 %',
    callerSees: 'as for drop-request and drop-reply',
  },
];
