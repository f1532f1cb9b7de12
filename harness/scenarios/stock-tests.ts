/**
 * Which scenarios test, each by itself, what a test function of the lab's own Go tests tests in a row, so
 * that one can be asked for by the name that students know. Names as in 2015; of a test that differs by
 * year all forms are listed, and a submission runs those whose operations it offers.
 * Source: the test files of MIT 6.824 Lab 2, 2013 to 2015.
 */

/** Name of a test function → ids of scenarios. */
export const STOCK_TESTS: Readonly<Record<string, readonly string[]>> = {
  // Part A is one function.
  Test1: [
    'view-first-primary',
    'view-first-backup',
    'view-backup-takes-over',
    'view-restarted-becomes-backup',
    'view-refilled-at-takeover',
    'view-restarted-primary',
    'view-dead-backup-removed',
    'view-waits-for-acknowledgement',
    'view-uninitialised-never-primary',
  ],
  TestBasicFail: [
    'single-primary',
    'single-primary-puthash',
    'add-a-backup',
    'view-service-lookups',
    'primary-failure',
    'last-server-killed',
  ],
  TestAtMostOnce: ['at-most-once-append', 'at-most-once-puthash'],
  TestFailPut: ['put-after-backup-failure', 'put-after-primary-failure'],
  TestConcurrentSame: ['concurrent-puts'],
  TestConcurrentSameAppend: ['concurrent-appends'],
  TestConcurrentSameUnreliable: ['concurrent-puts-unreliable'],
  TestRepeatedCrash: ['repeated-crash'],
  TestRepeatedCrashUnreliable: ['repeated-crash-unreliable', 'repeated-crash-puthash'],
  TestPartition1: ['deposed-primary-refuses-reads'],
  TestPartition2: ['deposed-primary-without-backup'],
};
