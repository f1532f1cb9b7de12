/** Not a mistake yet: a server that asks for the view before its first ping. */

import { decodeView, Server, type Answer, type View } from '../../mutant.js';

export class AskingServer extends Server {
  private hasAsked = false;

  protected override ping(): void {
    if (this.hasAsked) return super.ping();
    this.network.call(this.viewService, 'view.get', {}, (answer) => this.onFirstView(answer));
  }

  /** The view before this server has said that it lives. */
  protected resume(_view: View): void {}

  private onFirstView(answer: Answer): void {
    const view = answer.kind === 'result' ? decodeView(answer.result) : undefined;
    if (view === undefined || this.hasAsked) return;
    this.hasAsked = true;
    this.resume(view);
    this.ping();
  }
}
