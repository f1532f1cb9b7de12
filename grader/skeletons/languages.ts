/** The languages that a submission can be begun in. Each has a folder beside this file, named after it. */

/** What a language needs on the machine. */
interface Tool {
  /** Its name on the PATH. */
  program: string;
  /** How to get it, as the end of a sentence. */
  get: string;
}

export interface Language {
  name: string;
  /** Other names for it. */
  also: readonly string[];
  /** As people write it. */
  title: string;
  tools: readonly Tool[];
  /** The file that the student writes in, below the folder. */
  file: string;
  /** Fetches what the folder does not have, run once in it. */
  setUp?: { command: string; why: string };
}

const DEBIAN = (packages: string) => `apt-get install ${packages}`;

const RUST = `curl https://sh.rustup.rs -sSf | sh (https://rustup.rs), and ${DEBIAN('gcc')}`;

/** Node itself can take the types away from version 22.13 on; then they are not checked. */
const COMPILER = {
  command: 'npm install',
  why: 'fetches the compiler',
};

// prettier-ignore
export const LANGUAGES: readonly Language[] = [
  { name: 'python', also: ['python3', 'py'], title: 'Python', tools: [{ program: 'python3', get: DEBIAN('python3') }], file: 'kv.py' },
  { name: 'go', also: ['golang'], title: 'Go', tools: [{ program: 'go', get: `${DEBIAN('golang-go')} (or https://go.dev/dl)` }], file: 'main.go' },
  { name: 'typescript', also: ['ts'], title: 'TypeScript', tools: [{ program: 'npm', get: DEBIAN('npm') }], file: 'main.ts', setUp: COMPILER },
  { name: 'java', also: ['jdk'], title: 'Java', tools: [{ program: 'javac', get: DEBIAN('default-jdk-headless') }], file: 'Main.java' },
  { name: 'rust', also: ['rs'], title: 'Rust', tools: [{ program: 'cargo', get: RUST }, { program: 'cc', get: DEBIAN('gcc') }], file: 'src/main.rs' },
];

/** The language of this name, in letters of any size; undefined if there is none. */
export function findLanguage(text: string): Language | undefined {
  const name = text.toLowerCase();
  return LANGUAGES.find((language) => language.name === name || language.also.includes(name));
}
