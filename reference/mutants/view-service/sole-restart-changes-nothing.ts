import { mutant, ViewService } from '../../mutant.js';

export const soleRestartChangesNothing = mutant({
  name: 'sole-restart-changes-nothing',
  thought:
    'The only server has restarted, and no other server can lead, so the view does not change.',
  // If that is view 1, the server is told that the first view has begun with it as primary, and
  // starts with an empty store.
  caughtBy: ['sole-server-restarted'],
  passes: ['view-restarted-sole-primary', 'last-server-restarted'],
  view: class extends ViewService {
    protected override withoutHeir(): undefined {
      return undefined;
    }
  },
});
