import { mutant, Server, succeed, type Answer } from '../../mutant.js';

const BROKEN_OFF = 'end of stream inside the reply';

export const halfAnAnswerCounts = mutant({
  name: 'half-an-answer-counts',
  thought: 'The backup has begun to answer, so it has done what I asked.',
  // It may have begun to refuse: that it is not ready yet, or that it has another primary.
  caughtBy: ['generated-transfer'],
  passes: ['transfer-cut-off', 'transfer-arrives-late'],
  server: class extends Server {
    protected override callBackup(
      method: string,
      params: object,
      done: (answer: Answer) => void,
    ): void {
      super.callBackup(method, params, (answer) => {
        const isHalf = answer.kind === 'lost' && answer.reason === BROKEN_OFF;
        done(isHalf ? succeed({}) : answer);
      });
    }
  },
});
