/** The refusal of commands that need a whole grading and got one shard of it. */

import { invocation, shellWord, UsageError } from '../../harness/index.js';
import { shardName, type ShardChoice } from '../plan/shard.js';

export function onlyShard(directory: string, shard: ShardChoice): UsageError {
  return new UsageError(`${directory} contains only ${shardName(shard)} of a grading`, {
    expected: 'a whole grading',
    hint: `merge all shards with \`${invocation()} merge DIR... --out DIR\`; \`${invocation()} resume ${shellWord(directory)}\` finishes this one`,
  });
}
