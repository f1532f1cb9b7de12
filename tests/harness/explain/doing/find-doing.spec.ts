/** What is read of a submission because a program has printed its name. */

import { expect } from 'chai';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findDoing } from '../../../../harness/explain/doing/find-doing.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';
import { writeTree } from '../../../support/trees.js';

describe('the source lines of a stack', () => {
  const place = useTemporaryDirectory();

  /** The story of a program that says it is at the first line of this file. */
  const tellOf = (file: string): string => {
    const stack = `Thread 0x0000 (most recent call first):\n  File "${file}", line 1 in handle\n`;
    const doing = findDoing({
      inquiry: { stacks: new Map([['pb1', stack]]), ownConnections: new Map(), frozen: [] },
      calls: [],
      timeline: [],
      operations: [],
      root: join(place(), 'mine'),
      pingIntervalMs: 100,
      untilMs: 1000,
    });
    return JSON.stringify(doing);
  };

  it('are those of the files of the submission, and of no others', () => {
    writeTree(place(), { 'mine/kv.py': 'wait_for_ever()\n', 'rubric/hidden': 'secret\n' });
    symlinkSync('../rubric', join(place(), 'mine/inside'));
    symlinkSync('kv.py', join(place(), 'mine/link.py'));
    expect(tellOf('kv.py')).to.include('wait_for_ever()');
    expect(tellOf('link.py')).to.include('wait_for_ever()');
    for (const file of ['inside/hidden', '../rubric/hidden', join(place(), 'rubric/hidden')]) {
      expect(tellOf(file)).to.include('handle').and.not.to.include('secret');
    }
  });
});
