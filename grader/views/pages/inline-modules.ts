/**
 * A compiled module and all that it imports as one script, since a page is one file and can load nothing. Modules
 * become functions in the order in which they need each other. It knows the few shapes in which the compiler
 * writes imports and exports, and refuses all others: it is for modules of ours, and no bundler.
 */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What modules call the room of the grader as it was compiled, such as `#grader/describe-tally.js`. */
const GRADER = '#grader/';

const IMPORT = /^import \{([^}]*)\} from '([^']+)';$/gm;
const EXPORT = /^export (?=(?:async )?(?:function\*?|const|class) (\w+))/gm;
/** That there is a module although it exports nothing, and where its source is. */
const LEFT_OUT = /^(?:export \{\};|\/\/# sourceMappingURL=.*)$/gm;

/**
 * The text of a script. `entry` is a compiled file, and `grader` the directory of the compiled grader.
 *
 * @throws Error if a module imports or exports in a way that this does not know, or a package.
 */
export function inlineModules(entry: string, grader: string): string {
  const names = new Map<string, string>();
  const parts: string[] = [];
  const add = (file: string): string => {
    const known = names.get(file);
    if (known !== undefined) return known;
    const imports: string[] = [];
    const text = readFileSync(file, 'utf8')
      .replaceAll(LEFT_OUT, '')
      .replaceAll(IMPORT, (_all, what: string, from: string) => {
        imports.push(
          `const {${what.replaceAll(' as ', ': ')}} = ${add(located(from, file, grader))};`,
        );
        return '';
      });
    const name = `module${names.size}`;
    names.set(file, name);
    parts.push(asFunction(name, [...imports, text.trim()].join('\n'), file));
    return name;
  };
  add(entry);
  return parts.join('\n');
}

function located(from: string, importer: string, grader: string): string {
  if (from.startsWith(GRADER)) return join(grader, from.slice(GRADER.length));
  if (from.startsWith('.')) return join(dirname(importer), from);
  throw new Error(`${importer} imports ${from}, which cannot be part of a page`);
}

function asFunction(name: string, text: string, file: string): string {
  const exported = [...text.matchAll(EXPORT)].map(([, what]) => what);
  const body = text.replaceAll(EXPORT, '');
  const strange = /^(?:import|export)\b.*/m.exec(body)?.[0] ?? /<\/script.*/i.exec(body)?.[0];
  if (strange !== undefined) throw new Error(`${file}: cannot be part of a page: ${strange}`);
  return `const ${name} = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();`;
}
