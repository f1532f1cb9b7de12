/** How course systems call the folders that were handed in, beside what a roster calls them. */

/** Names of this folder in a roster: its own, and the participant's number in a download from Moodle. */
export function namesOfFolder(folder: string): string[] {
  const [, participant] = /_(\d+)_assignsubmission_/.exec(folder) ?? [];
  return participant === undefined ? [folder] : [folder, participant];
}

/**
 * GitHub Classroom calls repositories ASSIGNMENT-USERNAME: what all of them begin with, up to the hyphen. Empty where
 * folders are called by the names themselves, and where two beginnings fit equally well. Upper and lower case are one.
 */
export function assignmentPrefix(folders: readonly string[], names: readonly string[]): string {
  const known = new Set(names.filter((name) => name !== '').map(lower));
  const isKnown = (name: string) => known.has(lower(name));
  const counts = new Map([['', folders.filter(isKnown).length]]);
  for (const folder of folders) {
    for (const prefix of prefixesOf(folder)) {
      if (isKnown(folder.slice(prefix.length))) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  const most = Math.max(...counts.values());
  const [best = '', ...equal] = [...counts].flatMap(([prefix, count]) =>
    count === most ? [prefix] : [],
  );
  return equal.length === 0 ? best : '';
}

/** `lab-` and `lab-2-` of `lab-2-alice`. */
function prefixesOf(folder: string): string[] {
  return [...folder.matchAll(/-/g)].map(({ index }) => folder.slice(0, index + 1));
}

function lower(text: string): string {
  return text.toLowerCase();
}
