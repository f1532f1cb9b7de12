import { mutant, ViewService, type PingParams, type View } from '../../mutant.js';

export const firstPingMustBeZero = mutant({
  name: 'first-ping-must-be-zero',
  thought:
    'A server that pings with a number has been in a view, and I know of none, so it must restart first.',
  // It never does, and the service never starts.
  caughtBy: ['view-first-primary-nonzero'],
  passes: ['view-first-primary'],
  view: class extends ViewService {
    protected override ping(ping: PingParams): View {
      return this.view.viewnum === 0 && ping.viewnum !== 0 ? this.view : super.ping(ping);
    }
  },
});
