/**
 * "The backup has all the data, so it can take the reads, and the primary has less to do." The backup
 * rightly refuses, however often it is asked.
 */

import { Clerk, type Task } from '../../clerk.js';

export class SendsReadsToBackup extends Clerk {
  protected override addressee(task: Task): string {
    const { primary, backup } = this.view;
    return task.method === 'kv.get' && backup !== '' ? backup : primary;
  }
}
