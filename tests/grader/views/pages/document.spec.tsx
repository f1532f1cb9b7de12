import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Chart } from '../../../../grader/views/pages/chart.js';
import { renderPage } from '../../../../grader/views/pages/document.js';
import { useChromium } from '../../../support/chromium.js';
import { useTemporaryDirectory } from '../../../support/temporary.js';

const HOSTILE =
  '</script><script>window.stolen = 1</script><img src=x onerror="window.stolen = 1">';

describe('a page', function () {
  this.timeout(60_000);
  const directory = useTemporaryDirectory();
  const openPage = useChromium();

  function write(): string {
    const file = join(directory(), 'page.html');
    const page = renderPage({
      title: HOSTILE,
      data: { says: HOSTILE },
      children: (
        <>
          <h1>A page</h1>
          <p>{HOSTILE}</p>
          <Chart label="One bar, 3 high." marks={[]} title={HOSTILE} />
        </>
      ),
    });
    writeFileSync(file, page);
    return file;
  }

  it('opens without a complaint, asks for nothing, and can be read by everybody', async () => {
    const { complaints, accessibility } = await openPage(write());
    expect(await accessibility()).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });

  it('shows hostile text as text', async () => {
    const { page } = await openPage(write());
    expect(await page.evaluate('window.stolen')).to.equal(undefined);
    expect(await page.textContent('p')).to.equal(HOSTILE);
    expect(
      await page.evaluate('JSON.parse(document.querySelector("#data").textContent).says'),
    ).to.equal(HOSTILE);
  });

  it('follows the theme that is asked for', async () => {
    const { page } = await openPage(write(), { colorScheme: 'light' });
    const paper = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await paper();
    const button = page.getByRole('button', { name: 'Theme' });
    await button.click();
    expect(await paper()).to.equal(light);
    await button.click();
    expect(await paper()).to.not.equal(light);
  });
});
