/**
 * A program whose first thread sleeps while another wakes every few ms, as the threads of many programs
 * do. It says when that one is at work. A program for the tests of waiting.
 */

import { once } from 'node:events';
import { isMainThread, Worker } from 'node:worker_threads';

const PAUSE_MS = 5;

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  await once(worker, 'exit');
} else {
  console.log('at work');
  setInterval(() => {}, PAUSE_MS);
}
