import { expect } from 'chai';
import { beliefsIn } from '../../../harness/history/beliefs.js';
import type { TimelineEvent } from '../../../harness/history/timeline.js';

describe('beliefs', () => {
  const view = (viewnum: number) => ({ viewnum, primary: 'pb1', backup: '' });
  const told = (process: string, viewnum: number, atMs: number): TimelineEvent => ({
    kind: 'told',
    atMs,
    askedMs: atMs - 1,
    process,
    view: view(viewnum),
  });

  it('last until another view is told, or the process is gone', () => {
    const beliefs = beliefsIn([
      told('pb1', 1, 10),
      told('pb2', 1, 12),
      told('pb1', 2, 20),
      { kind: 'killed', atMs: 30, process: 'pb1' },
      { kind: 'started', atMs: 35, process: 'pb1' },
      { kind: 'paused', atMs: 36, process: 'pb2' },
      told('pb1', 3, 40),
      { kind: 'exited', atMs: 50, process: 'pb1' },
    ]);
    expect(beliefs).to.deep.equal([
      { process: 'pb1', view: view(1), fromMs: 10, untilMs: 20 },
      { process: 'pb2', view: view(1), fromMs: 12 },
      { process: 'pb1', view: view(2), fromMs: 20, untilMs: 30 },
      { process: 'pb1', view: view(3), fromMs: 40, untilMs: 50 },
    ]);
  });
});
