import { mutant, ViewService, type View } from '../../mutant.js';

export const startsAfresh = mutant({
  name: 'starts-afresh',
  thought:
    'The only server has restarted and there is no backup, so the service starts again from the beginning, with the servers that are there.',
  // Its clerks are told that nothing of theirs was ever written.
  caughtBy: ['view-restarted-sole-primary'],
  passes: ['view-uninitialised-never-primary'],
  view: class extends ViewService {
    protected override withoutHeir(): Pick<View, 'primary' | 'backup'> | undefined {
      const { primary, backup } = this.view;
      if (backup !== '' || !this.restarted.has(primary)) return super.withoutHeir();
      const heir = this.oldest((server) => this.isUp(server));
      return heir === undefined ? undefined : { primary: heir, backup: '' };
    }
  },
});
