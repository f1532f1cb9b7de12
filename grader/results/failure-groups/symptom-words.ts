/**
 * What the symptoms in signatures are called in titles and in sentences about a submission, and where in a program
 * to look for them. The words for what happened before are circumstances.ts.
 */

export interface SymptomWords {
  /** The beginning of a title; `{operation}` stands for the kind of operation, or for the word itself. */
  title: string;
  /** What a submission with it does, in the third person: `loses acknowledged writes`; absent where its class says enough. */
  does?: string;
  /** A full sentence or two for whoever has to find the mistake. It never gives the answer away. */
  lookAt: string;
}

export const SYMPTOMS: Readonly<Record<string, SymptomWords>> = {
  'lost-acknowledged-write': {
    title: 'acknowledged write lost',
    does: 'loses acknowledged writes',
    lookAt:
      'Follow one write from the clerk to the answer: which servers hold it when the primary answers, and what does the primary do when its call to the backup fails?',
  },
  'stale-read': {
    title: 'read returned an old value',
    does: 'returns values that are out of date',
    lookAt:
      'Look at how a server makes sure that it still is the primary before it answers a read, and at when a write becomes visible to reads.',
  },
  'duplicate-append': {
    title: 'append done twice',
    does: 'applies appends twice',
    lookAt:
      'Follow one append whose answer was lost: how does a server recognise the retry, and does the other server, after a fail-over, recognise it too?',
  },
  'duplicate-puthash': {
    title: 'puthash done twice, or its retry answered anew',
    does: 'applies puthashes twice',
    lookAt:
      'Follow one puthash whose answer was lost: how does a server recognise the retry, and which value does it answer it with?',
  },
  'append-order': {
    title: 'appends of one client in the wrong order',
    does: 'mixes up the order of appends',
    lookAt:
      'Look at the order in which the backup executes what is forwarded to it, and whether an old request can arrive after a newer one.',
  },
  'value-never-written': {
    title: 'read returned a value that nobody wrote',
    does: 'returns values that nobody wrote',
    lookAt:
      'Look at how values are stored, sent and put together, and at what a read returns when a call has failed or a key is missing.',
  },
  'reads-disagree': {
    title: 'reads disagree about the order of writes',
    lookAt:
      'Look for two servers that execute the same writes in different orders, or for two servers that both answer reads.',
  },
  'order-violated': {
    title: 'no order of the operations explains what was read',
    lookAt:
      'Look for operations that are executed without the lock, and for updates that are taken for others with the same content.',
  },
  'replicas-diverged': {
    title: 'primary and backup hold different data',
    does: 'lets primary and backup diverge',
    lookAt:
      'Compare what primary and backup execute, and in which order: a forward that failed, came late or overtook another leaves them different.',
  },
  'answered-without-right': {
    title: '{operation} answered by a server that had to refuse it',
    does: 'answers where it must not',
    lookAt:
      'Look at what a server checks before it answers: does it know that it is the primary of the current view, and that its backup has accepted the operation?',
  },
  'operation-timed-out': {
    title: '{operation} not answered in time',
    does: 'leaves operations unanswered',
    lookAt:
      'Look at what everybody waits for at that moment: a lock that is held during a call, a clerk that keeps asking the wrong server, a server that does not learn of the new view.',
  },
  'clerk-gave-up': {
    title: 'clerk gave up on its {operation}',
    does: 'gives operations up',
    lookAt: 'Look at the retry loop of the clerk: for what reasons does it end?',
  },
  'promoted-without-data': {
    title: 'server made primary before it had the data',
    lookAt:
      'Look at when the primary acknowledges a view with a new backup: does the backup hold all of the data by then?',
  },
  'too-costly': {
    title: 'more calls or bytes than needed',
    does: 'costs too much',
    lookAt: 'Count what one operation sends, and look for what grows or repeats without need.',
  },
  'descriptors-leak': {
    title: 'connections or files are never closed',
    does: 'never closes connections or files',
    lookAt:
      'Look at every place that dials, accepts or opens: is what it gives closed on every way out, also after an error and when the peer has gone?',
  },
  'too-many-connections': {
    title: 'thousands of connections open at once',
    does: 'opens connections and never closes them',
    lookAt: 'Look at every place that dials: is the connection closed when the call is over?',
  },
  'threads-leak': {
    title: 'threads never end',
    does: 'has threads that never end',
    lookAt: 'Look at every place that starts a thread: what ends it, also when its peer has gone?',
  },
  'memory-grows': {
    title: 'memory grows with every operation',
    does: 'takes more memory with every operation',
    lookAt: 'Look at what is added to with every operation, and when it is forgotten again.',
  },
  'cpu-grows': {
    title: 'each operation takes longer than the one before it',
    does: 'takes more time with every operation',
    lookAt:
      'Look at what an operation goes through from beginning to end: a list, a log or a set of timers that grows with every operation.',
  },
  'view-overdue': {
    title: 'expected view did not come',
    does: 'does not get to the view that is due',
    lookAt:
      'Look at what the view service waits for before it changes the view, and at whether the servers go on pinging, with which number.',
  },
  'view-left-unacknowledged': {
    title: 'view left before its primary had acknowledged it',
    lookAt:
      'Look at all places where the view service makes a new view: does each check that the primary has pinged with the number of the current one?',
  },
  'view-number-reused': {
    title: 'one view number for two views',
    lookAt: 'Look for a change of primary or backup that does not make a view with a new number.',
  },
  'view-number-skipped': {
    title: 'view number skipped',
    lookAt: 'Look for a view that was replaced before anybody had acknowledged it.',
  },
  'view-went-back': {
    title: 'view service went back to an older view',
    lookAt: 'Look for an answer that is not the current view, and for a view that is made anew.',
  },
  'view-restless': {
    title: 'view changes although its members live',
    lookAt:
      'Look at when the view service takes a server for dead or restarted, in particular at what it makes of pings with an old number.',
  },
  'wrong-view': {
    title: 'wrong view',
    lookAt:
      'Compare the view that was expected with the one that was told, and look for the ping or the tick that made the difference.',
  },
  'wrong-primary': {
    title: 'wrong server became primary',
    lookAt: 'Look at whom the view service may promote, and whether that server has the data.',
  },
  'idle-server-promoted': {
    title: 'idle server made primary',
    lookAt:
      'Look at whom the view service promotes when the primary is dead and there is no backup.',
  },
  'member-never-pinged': {
    title: 'view names a server that had not pinged',
    lookAt: 'Look at where the names in a view come from.',
  },
  'members-of-view-zero': {
    title: 'view 0 has members',
    lookAt: 'Look at the number of the very first view.',
  },
  'one-server-in-both-places': {
    title: 'one server is both primary and backup',
    lookAt:
      'Look at what the view service does with a ping of the primary when there is no backup.',
  },
  'pings-overdue': {
    title: 'server stopped pinging the view service',
    lookAt:
      'Look at what the tick of a server waits for: while it waits for a lock or for another server, it does not ping.',
  },
  'view-service-silent': {
    title: 'view service did not answer a ping',
    lookAt: 'Look for a lock that the view service does not give back.',
  },
  'clerk-silent': {
    title: 'clerk process did not answer',
    lookAt: 'Look at what the clerk process waits for before it prints its answer.',
  },
  'view-service-overwhelmed': {
    title: 'view service could not answer many at once',
    lookAt: 'Look at what a question for the view has to wait for in the view service.',
  },
  'bad-view': {
    title: 'view service answered with something that is no view',
    lookAt: 'Look at what the program prints, and where to.',
  },
  exited: {
    title: 'process ended by itself',
    lookAt: 'Its log is in the evidence of the run; its last lines say why it ended.',
  },
  'ended-before-listening': {
    title: 'process ended before it listened on its socket',
    lookAt: 'Its log is in the evidence of the run; its last lines say why it did not start.',
  },
  'never-listened': {
    title: 'process did not listen on its socket',
    lookAt: 'Look at what a server waits for before it listens.',
  },
  'output-flood': {
    title: 'process printed without end',
    lookAt: 'Look for a loop that prints and does not wait.',
  },
  'clerk-garbage': {
    title: 'clerk process printed something that is no answer',
    lookAt: 'A clerk process may print answers only; everything else goes to standard error.',
  },
  'clerk-answered-twice': {
    title: 'clerk process answered a request twice',
    lookAt: 'Look at how the clerk process reads requests and prints answers.',
  },
  'clerk-wrong-id': {
    title: 'clerk process answered what was not asked',
    lookAt: 'Look at how the clerk process reads requests and prints answers.',
  },
  'clerk-long-line': {
    title: 'clerk process printed a line without end',
    lookAt: 'Look at how the clerk process prints answers.',
  },
  'scenario-overran': {
    title: 'everything took too long',
    lookAt: 'Look for what makes every operation slow, such as a sleep or a time-out in its way.',
  },
  'expectation-failed': {
    title: 'what the scenario expects did not hold',
    lookAt: 'The sentence above says what was expected and what was seen.',
  },
  'not-startable': {
    title: 'a program of it cannot be started',
    lookAt: 'The sentence above names the file, and what to do about it.',
  },
  'build-failed': {
    title: 'it could not be built',
    lookAt: 'The output of the build is in the evidence.',
  },
};

/** Symptoms that mean something else under another rule. */
const BY_RULE: Readonly<Record<string, SymptomWords>> = {
  'kv-forwarding / answered-without-right': {
    title: '{operation} answered without the backup',
    does: 'answers without its backup',
    lookAt:
      'Look at what the primary does between a request and its answer: has the backup of its view accepted the operation by then, also when it cannot be reached?',
  },
  'kv-survival / answered-without-right': {
    title: '{operation} answered without the data',
    does: 'answers without the data',
    lookAt:
      'Look at whom the view service makes primary when nobody with the data is left, and at what a server that holds none answers.',
  },
  'kv-frugal / too-costly': {
    title: 'operation takes too many calls or bytes',
    does: 'costs too much',
    lookAt: 'Count the calls of one operation, and look at what a forward carries.',
  },
  'kv-memory / too-costly': {
    title: 'server keeps more than it needs',
    does: 'keeps more than it needs',
    lookAt: 'Look at what a server adds to with every operation, and when it forgets it again.',
  },
  'kv-paced-retries / too-costly': {
    title: 'clerk retries without a pause',
    does: 'retries without a pause',
    lookAt: 'Look at what the retry loop of the clerk does between two tries.',
  },
  'kv-view-cached / too-costly': {
    title: 'view service asked too often',
    does: 'asks the view service too often',
    lookAt: 'Look at when a clerk, and when a server, asks the view service for the view.',
  },
};

/** The words for what was observed; undefined if there are none. */
export function symptomWords(rule: string, symptom: string): SymptomWords | undefined {
  return own(BY_RULE, `${rule} / ${symptom}`) ?? own(SYMPTOMS, symptom);
}

/** Symptoms come from journals: one that is called like a property of every object has no words. */
function own(table: Readonly<Record<string, SymptomWords>>, key: string): SymptomWords | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
