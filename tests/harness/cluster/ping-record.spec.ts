import { expect } from 'chai';
import { createPingRecord } from '../../../harness/cluster/ping-record.js';

describe('the record of pings', () => {
  it('knows since when a server has pinged without a gap, and its last ping', () => {
    let nowMs = 0;
    const record = createPingRecord(() => nowMs, 500);
    for (nowMs of [100, 200, 699, 1199, 1300]) record.pinged('pb1', nowMs);
    expect(record.all().get('pb1')).to.deep.equal({ sinceMs: 1199, lastMs: 1300, viewnum: 1300 });
    expect(record.all().get('pb2')).to.equal(undefined);
  });
});
