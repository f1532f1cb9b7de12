/**
 * "A clerk numbers its requests, and the number is what a retry is known by." Every clerk begins with 1,
 * so that the requests of one look like retries of another.
 */

import { Clerk } from '../../clerk.js';
import type { UpdateParams } from '../../protocol.js';

export class SharedClientId extends Clerk {
  protected override name(): Pick<UpdateParams, 'client' | 'sequence'> {
    return { ...super.name(), client: 'clerk' };
  }
}
