import { mutant, succeed, ViewService, type Reply } from '../../mutant.js';

export const startsAtViewOne = mutant({
  name: 'starts-at-view-one',
  thought: 'Views are numbered from 1, so that is where my number starts.',
  // A client that asks before the first view sees a view 1 without members, and then another
  // view 1.
  caughtBy: ['view-zero'],
  passes: ['view-first-primary', 'view-backup-takes-over'],
  view: class extends ViewService {
    override handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
      if (method !== 'view.get' || this.view.viewnum > 0)
        return super.handle(method, params, reply);
      reply(succeed({ view: { ...this.view, viewnum: 1 } }));
    }
  },
});
