/**
 * The titles of columns in several languages, as course systems and people write them and `plainWord` normalises them;
 * an earlier word counts before a later one. Moodle's are from its language packs.
 */

export const EMAIL = words(`
  email emailaddress mail mailaddress emailadresse mailadresse adressedecourriel adressedemessagerie
  adresseemail adresseelectronique courriel correo correoelectronico direcciondecorreo
  direcciondecorreoelectronico direccionemail direcciondeemail indirizzoemail enderecodeemail
  enderecodecorreioeletronico emailadres`);

export const LOGIN = words(`
  githubusername sisloginid loginid login username benutzername anmeldename nomdutilisateur identifiant
  nombredeusuario usuario nomeutente nomedeutilizador nomedeusuario gebruikersnaam
  netid kennung unikennung rzkennung nutzername benutzerkennung`);

/** Moodle's own number of a student in the course. */
export const ID_NUMBER = words(`
  idnumber idnummer numerodidentification numerodeid numeroid numerodeidentificacion
  codiceidentificativo numerodeidentificacao`);

/** Columns of Moodle's grading worksheet, in English, German, French, Spanish, Italian, Portuguese and Dutch. */
export const WORKSHEET = {
  identifier: words('identifier id identifiant identificador identificativo identificatie'),
  grade: words(`
    grade bewertung note calificacion valutazione avaliacao nota classificacao cijfer beoordeling`),
  maximum: words(`
    maximumgrade bestwertung notemaximale calificacionmaxima notamaxima valutazionemassima
    avaliacaomaxima classificacaomaxima maximumcijfer maximalebeoordeling`),
  modified: words(`
    lastmodifiedgrade zuletztgeandertbewertung dernieremodificationnote ultimamodificacioncalificacion
    ultimamodificavalutazione ultimaatualizacaoavaliacao ultimamodificacaoavaliacao
    ultimamodificacaonota laatstgewijzigdbeoordeling laatstgewijzigdcijfer`),
  feedback: words(`
    feedbackcomments feedbackalskommentar feedbackparcommentaires comentariosderetroalimentacion
    comentariosdefeedback`),
} as const;

/** How Moodle calls those who take part; the number is also in the names of folders that it makes. */
const PARTICIPANT = /^(?:Participant|Participante|Partecipante|Teilnehmer|Deelnemer)\D*(\d+)$/;

/** The number of a participant of Moodle; undefined for what is none. */
export function participantIn(cell: string): string | undefined {
  return PARTICIPANT.exec(cell.trim())?.[1];
}

/** A list of words, one blank or more between them. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
