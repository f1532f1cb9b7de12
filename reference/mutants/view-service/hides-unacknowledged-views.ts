import { mutant, NO_VIEW, succeed, ViewService, type Reply, type View } from '../../mutant.js';

export const hidesUnacknowledgedViews = mutant({
  name: 'hides-unacknowledged-views',
  thought:
    'A view counts once its primary has acknowledged it, so until then I show the one before.',
  // Servers learn of a view from their pings; but the clerks, who only ask, are sent to a dead
  // primary.
  caughtBy: ['view-first-primary'],
  passes: ['view-waits-for-acknowledgement', 'view-backup-takes-over'],
  view: class extends ViewService {
    private before: View = NO_VIEW;

    override handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
      if (method !== 'view.get' || this.acknowledged) return super.handle(method, params, reply);
      reply(succeed({ view: this.before }));
    }

    protected override enter(view: View): void {
      this.before = this.view;
      super.enter(view);
    }
  },
});
