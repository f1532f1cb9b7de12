/**
 * The frame of every page: one file that works from file://, without a network, in light and dark, by keyboard, with a
 * screen reader, and on paper. Words of a submission reach a page only as text, never as markup.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComponentChildren } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';

const ROOT = join(import.meta.dirname, '../../../..');
/** Style sheets stay where the sources are; the build bundles the scripts, without counters for coverage. */
const STYLES = join(ROOT, 'grader/views/pages');
const SCRIPTS = join(ROOT, 'dist/grader/views/pages/scripts');

/** A policy under which no page can load or send anything. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

export interface PageOptions {
  /** Shown in the tab of the browser. */
  title: string;
  /** The script of the page besides the theme switch: a file in `browser/`, which imports all that it needs. */
  script?: 'plain' | 'staff' | 'student';
  /** Names of style sheets in this room besides `style.css`, without `.css`. */
  styles?: readonly string[];
  /** The data of its scripts; they find it with `document.querySelector('#data')`. */
  data?: unknown;
  children: ComponentChildren;
}

/** The text of an HTML file. */
export function renderPage({
  title,
  script = 'plain',
  styles = [],
  data,
  children,
}: PageOptions): string {
  const page = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        {['style', ...styles].map((name) => (
          <Raw tag="style" text={textOf(join(STYLES, `${name}.css`))} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <button class="theme" type="button" data-theme-button hidden>
          Theme
        </button>
        <main id="main">{children}</main>
        {data === undefined ? null : <Data value={data} />}
        <Raw tag="script" text={textOf(join(SCRIPTS, `${script}.js`))} />
      </body>
    </html>,
  );
  return `<!doctype html>\n${page}\n`;
}

/** Text of the kit that is put into the page unchanged. */
function Raw({ tag, text }: { tag: 'style' | 'script'; text: string }) {
  const html = { __html: text };
  return tag === 'style' ? (
    <style dangerouslySetInnerHTML={html} />
  ) : (
    <script type="module" dangerouslySetInnerHTML={html} />
  );
}

/** JSON for scripts. Inside a script element only `<` can begin something else, such as its end. */
function Data({ value }: { value: unknown }) {
  const json = JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
  return <script id="data" type="application/json" dangerouslySetInnerHTML={{ __html: json }} />;
}

const texts = new Map<string, string>();

/** The text of a file of the kit; read once, since a class has hundreds of pages. */
function textOf(file: string): string {
  const text = texts.get(file) ?? readFileSync(file, 'utf8');
  texts.set(file, text);
  return text;
}
