import { expect } from 'chai';
import { replayCommand } from '../../../harness/explain/evidence-folder.js';

describe('a command that is shown', () => {
  const before = process.env['npm_lifecycle_event'];
  afterEach(() => {
    if (before === undefined) delete process.env['npm_lifecycle_event'];
    else process.env['npm_lifecycle_event'] = before;
  });

  for (const [event, command] of [
    ['start', 'npm start -- replay out/7 -k 20'],
    ['npx', 'npx pblab replay out/7 -k 20'],
    ['test', 'pblab replay out/7 -k 20'],
  ] as const) {
    it(`can be pasted where npm runs "${event}"`, () => {
      process.env['npm_lifecycle_event'] = event;
      expect(replayCommand('out/7')).to.equal(command);
    });
  }

  it('is quoted for a shell', () => {
    process.env['npm_lifecycle_event'] = 'test';
    expect(replayCommand("out of it's way")).to.equal(
      String.raw`pblab replay 'out of it'\''s way' -k 20`,
    );
  });
});
