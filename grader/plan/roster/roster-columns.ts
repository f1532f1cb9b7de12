/**
 * Which column of a roster holds what. Course systems and people call them by many names, in several languages; where
 * a roster has the kit's own three columns, only these count.
 */

import { UsageError } from '../../../harness/index.js';
import { askedText, findAsked, type AskedColumns } from '../../files/tables/asked-columns.js';
import { EMAIL, ID_NUMBER, LOGIN, participantIn, words } from '../../files/tables/column-words.js';
import { plainWord } from '../../files/tables/plain-word.js';

export const ROSTER_ROLES = ['submission', 'name', 'id', 'email'] as const;

export type RosterRole = (typeof ROSTER_ROLES)[number];

export type AskedRosterColumns = AskedColumns<RosterRole>;

/** Numbers of columns, from 0. */
export interface RosterColumns {
  submission: number;
  /** Joined by a blank, in this order. */
  name: readonly number[];
  id: number;
  email?: number;
  /** True if the submission's column was recognised only by what may name one, such as a login name. */
  isGuessed: boolean;
}

const DEMANDED = ['submission', 'name', 'id'] as const;

/** Words of titles as `plainWord` has them; an earlier one counts before a later one. */
const SUBMISSION = words(`
  submission folder directory repository studentrepositoryname
  abgabe ordner verzeichnis rendu dossier entrega carpeta consegna cartella inzending map pasta`);

/** Titles for a group that hands in together. */
const GROUP = words(`
  team teamname group groupname groups gruppe gruppenname gruppen abgabegruppe groupe groupes equipe
  grupo grupos equipo gruppo gruppi squadra groep groepen equipa
  teamid groupid groupnumber groupno gruppennummer gruppennr numerodegroupe`);

const NAME = words(`
  fullname studentname vollstandigername nomcomplet nombrecompleto nomecompleto nomecognome cognomenome
  nometprenom prenometnom nomprenom prenomnom namevorname vornamename nachnamevorname
  vornamenachname nameundvorname apellidosynombre nombreyapellidos
  volledigenaam displayname anzeigename name student nom naam nombre nome studierende etudiant
  estudiante studente`);

const FIRST_NAME = words(`
  firstname givenname forename vorname rufname prenom prenoms voornaam primeironome nombre nombres nome`);

const SURNAME = words(`
  surname lastname familyname nachname familienname zuname nomdefamille nomdusage apellido apellidos
  cognome sobrenome apelido apelidos achternaam`);

/** Titles that mean the surname where there is a first name beside them. */
const PERHAPS_SURNAME = words('nom name naam');

const ID = [
  ...words(`
    studentid studentnumber studentno matriculationnumber matrikelnummer matrikelnr matrnr matrikel
    numeroetudiant numerodetudiant netudiant noetudiant codeetudiant numerodeestudiante
    numeroestudiante numerodematricula matricula matricola numeromatricola numerodestudante
    numerodealuno sid studentnummer studentennummer studienummer sisuserid userid`),
  ...ID_NUMBER,
  ...words('rosteridentifier id identifier'),
  ...LOGIN,
  ...EMAIL,
];

/** Where each of these columns is, in the rows after the header. Those that a caller asks for come first. */
export function findRosterColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { asked, at }: { asked: AskedRosterColumns; at: string },
): RosterColumns {
  const columns = { ...recognise(header, rows), ...findAskedFor(header, asked, at) };
  const { submission, name, id } = columns;
  if (submission !== undefined && name !== undefined && id !== undefined) {
    const isGuessed = asked.submission === undefined && !isOwnWord(header[submission] ?? '');
    return { ...columns, submission, name, id, isGuessed };
  }
  const missing = DEMANDED.filter((role) => columns[role] === undefined);
  throw new UsageError(`${at}: no column ${missing.join(', no column ')}`, {
    got: `the columns ${header.join(', ')}`,
    expected: expectedHeader(),
    hint: `say which column is which: --roster-columns ${askedText(suggestion(header, columns))}`,
  });
}

export function expectedHeader(): string {
  return 'a header line with the columns submission, name, id, and if you like email and others';
}

type Recognised = Partial<Omit<RosterColumns, 'isGuessed'>>;

function recognise(header: readonly string[], rows: readonly (readonly string[])[]): Recognised {
  const own = (role: RosterRole) => {
    const exact = header.indexOf(role);
    return exact >= 0 ? exact : found(header.findIndex((one) => one.toLowerCase() === role));
  };
  const [submission, name, id, email] = ROSTER_ROLES.map(own);
  const plain = header.map(plainWord);
  if (submission !== undefined && name !== undefined && id !== undefined) {
    const names = nameColumns(plain, rows, name);
    return { submission, name: names ?? [name], id, ...(email === undefined ? {} : { email }) };
  }
  const first = (list: readonly string[]) => candidates(plain, list)[0];
  const isFilled = (column: number) => rows.every((row) => (row[column] ?? '') !== '');
  const ids = candidates(plain, ID);
  return defined({
    submission:
      first(SUBMISSION) ?? first(GROUP) ?? participantColumn(header, rows) ?? first(LOGIN),
    name: nameColumns(plain, rows),
    id: ids.find(isFilled) ?? ids[0],
    email: first(EMAIL),
  });
}

function participantColumn(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): number | undefined {
  const isOfAll = (column: number) =>
    rows.length > 0 && rows.every((row) => participantIn(row[column] ?? '') !== undefined);
  return found(header.findIndex((_title, column) => isOfAll(column)));
}

/** First name and surname where both are there, else the whole name; `own` is the column that is called `name`. */
function nameColumns(
  plain: readonly string[],
  rows: readonly (readonly string[])[],
  own?: number,
): number[] | undefined {
  const [surname] = candidates(plain, SURNAME);
  const [first] = candidates(plain, FIRST_NAME).filter((column) => column !== surname);
  const [whole = plain.findIndex(isRosterIdentifier)] = candidates(plain, NAME);
  if (own !== undefined && surname !== undefined) return [own];
  const family = surname ?? perhapsSurname(plain, rows, first);
  if (first !== undefined && family !== undefined) return [first, family];
  const one = own ?? found(whole) ?? surname;
  return one === undefined ? undefined : [one];
}

/** `name` or `Nom` beside a first name, unless that stands in most of them: then they are whole names. */
function perhapsSurname(
  plain: readonly string[],
  rows: readonly (readonly string[])[],
  first: number | undefined,
): number | undefined {
  if (first === undefined) return undefined;
  const [column] = candidates(plain, PERHAPS_SURNAME).filter((one) => one !== first);
  const isWhole = (row: readonly string[]) =>
    column !== undefined && (row[column] ?? '').includes(row[first] ?? '');
  return 2 * rows.filter(isWhole).length > rows.length ? undefined : column;
}

/** Whether this is GitHub Classroom's title for the identifier of a student; its export of grades has no names. */
function isRosterIdentifier(word: string): boolean {
  return word === 'rosteridentifier';
}

function findAskedFor(
  header: readonly string[],
  asked: AskedRosterColumns,
  at: string,
): Recognised {
  const columnsOf = (role: RosterRole) => {
    const title = asked[role];
    if (title === undefined) return undefined;
    const columns = findAsked(header, title);
    if (columns !== undefined && (role === 'name' || columns.length === 1)) return columns;
    throw new UsageError(`${at}: no column "${title}", which --roster-columns names`, {
      got: `the columns ${header.join(', ')}`,
    });
  };
  return defined({
    submission: columnsOf('submission')?.[0],
    name: columnsOf('name'),
    id: columnsOf('id')?.[0],
    email: columnsOf('email')?.[0],
  });
}

/** The known columns, for a caller to complete. */
function suggestion(header: readonly string[], known: Recognised): Record<string, string> {
  const title = (column: number | undefined) =>
    column === undefined ? 'COLUMN' : (header[column] ?? '');
  return {
    submission: title(known.submission),
    name: known.name?.map(title).join('+') ?? 'COLUMN',
    id: title(known.id),
  };
}

function isOwnWord(title: string): boolean {
  return SUBMISSION.includes(plainWord(title));
}

/** Columns with one of these titles, in the order of the list. */
function candidates(plain: readonly string[], list: readonly string[]): number[] {
  return list.flatMap((word) => found(plain.indexOf(word)) ?? []);
}

function found(at: number): number | undefined {
  return at < 0 ? undefined : at;
}

/** Without the fields that are undefined. */
function defined(known: {
  [Field in keyof Recognised]: Recognised[Field] | undefined;
}): Recognised {
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
