import { mutant, ViewService, type Reply } from '../../mutant.js';

/** What it takes to write a line and be sure that it is on the disk, in ms. */
const LOGGING_MS = 20;

export const answersOneByOne = mutant({
  name: 'answers-one-by-one',
  thought:
    'One request at a time, and each is written to the log before it is answered: that is safest.',
  // A few servers do not notice; hundreds of clerks, which all ask when a primary has died, wait
  // for seconds.
  caughtBy: ['view-many-clients'],
  passes: ['view-backup-takes-over'],
  view: class extends ViewService {
    private last = Promise.resolve();

    override handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
      this.last = this.last.then(async () => {
        await new Promise((resolve) => setTimeout(resolve, LOGGING_MS));
        super.handle(method, params, reply);
      });
    }
  },
});
