/**
 * A real browser for pages: it opens a file as a person does, and tells of everything that a page should not do.
 * Debian's Chromium, or the one that PBLAB_CHROMIUM names.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { chromium, type Browser, type Page } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const VIOLATIONS = z.array(
  z.looseObject({
    id: z.string(),
    help: z.string(),
    nodes: z.array(z.looseObject({ html: z.string() })),
  }),
);

export interface OpenPage {
  page: Page;
  /** What went wrong on the page, and what it asked for besides itself: empty for a good page. */
  complaints: readonly string[];
  /** Rules of accessibility that it breaks, as sentences. */
  accessibility(): Promise<string[]>;
}

export interface Looks {
  /** In pixels; 1280 × 900 unless said otherwise. */
  viewport?: { width: number; height: number };
  /** `light` unless said otherwise. */
  colorScheme?: 'light' | 'dark';
  /** They are, unless said otherwise. */
  scriptsAllowed?: boolean;
}

/**
 * Call it inside `describe`: all tests of the suite share a browser, and those that allow scripts a window. The function
 * returned opens an HTML file in it; what was open before is gone.
 */
export function useChromium(): (file: string, looks?: Looks) => Promise<OpenPage> {
  let browser: Browser;
  let shared: Page;
  before(async () => {
    browser = await launchChromium();
    shared = await browser.newPage();
  });
  after(() => browser.close());
  return async (file, { scriptsAllowed = true, ...looks } = {}) => {
    // Whether a window allows scripts is settled when it is made.
    const page = scriptsAllowed ? shared : await browser.newPage({ javaScriptEnabled: false });
    return openFile(page, file, looks);
  };
}

/** Starts the browser; with `close` on it at the end. */
async function launchChromium(): Promise<Browser> {
  const executablePath = process.env['PBLAB_CHROMIUM'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: FLAGS });
}

async function openFile(
  page: Page,
  file: string,
  { viewport = { width: 1280, height: 900 }, colorScheme = 'light' }: Omit<Looks, 'scriptsAllowed'>,
): Promise<OpenPage> {
  for (const event of ['console', 'pageerror', 'request']) page.removeAllListeners(event);
  await page.goto('about:blank');
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  const url = pathToFileURL(file).href;
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== url) complaints.push(`asks for ${request.url().slice(0, 200)}`);
  });
  await page.goto(url);
  return { page, complaints, accessibility: () => checkAccessibility(page) };
}

async function checkAccessibility(page: Page): Promise<string[]> {
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  // Evaluated by the debugger, which the policy of the page does not bind.
  await page.evaluate(readFileSync(axe, 'utf8'));
  const violations: unknown = await page.evaluate('axe.run().then(({ violations }) => violations)');
  return VIOLATIONS.parse(violations).map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes
        .map(({ html }) => html)
        .join(' ')
        .slice(0, 400)}`,
  );
}
