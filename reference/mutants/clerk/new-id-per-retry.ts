/**
 * "Every request gets a number of its own." A retry is a request, too, and the filter takes it for
 * another update.
 */

import { Clerk, type Task } from '../../clerk.js';

export class NewIdPerRetry extends Clerk {
  protected override request({ method, params }: Task): Pick<Task, 'method' | 'params'> {
    if (method === 'kv.get') return { method, params };
    return { method, params: { ...Object(params), ...this.name() } };
  }
}
