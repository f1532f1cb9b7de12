/**
 * Whether a message says a text. The protocol of the message need not be known: gob has texts as they are, JSON
 * escapes some characters, and a program may have put a text into another form before it sent it.
 */

/** How often a text inside a text is read as JSON. */
const MAX_DEPTH = 3;

/** A part of a text that came in several messages is at least this long, except the last, in characters. */
const MIN_PART_LENGTH = 16;

/** Most parts in which a text may have come. */
const MAX_PARTS = 64;

/** Looks for the text as it is, and as JSON has it. It is cheap. */
export function isSaidIn(message: Buffer, text: string): boolean {
  if (message.includes(text)) return true;
  const escaped = JSON.stringify(text).slice(1, -1);
  return escaped !== text && message.includes(escaped);
}

/** The text as it is, and as JSON has it, for messages of which many are looked at. */
export function spellings(text: string): Buffer[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  return [text, ...(escaped === text ? [] : [escaped])].map((one) => Buffer.from(one));
}

/** Also decodes JSON, and looks for usual encodings of the text. It costs time in proportion to the message. */
export function isSaidSomehow(message: Buffer, text: string): boolean {
  if (formsOf(text).some((form) => message.includes(form))) return true;
  return textsIn(message.toString(), 0).some((said) => said.includes(text));
}

/** Whether the text can be put together from parts that stand in different messages. */
export function isSaidInParts(messages: readonly Buffer[], text: string): boolean {
  if (messages.length < 2) return false;
  let at = 0;
  for (let parts = 0; at < text.length; parts++) {
    const length = longestPart(messages, text.slice(at));
    const isWhole = length >= MIN_PART_LENGTH || at + length === text.length;
    if (length === 0 || !isWhole || parts === MAX_PARTS) return false;
    at += length;
  }
  return true;
}

function formsOf(text: string): (string | Buffer)[] {
  const bytes = Buffer.from(text);
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    // The end of a text in base64 depends on what follows it.
    bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'latin1'),
    encodeURIComponent(bytes.toString()),
  ].filter((form) => form.length > 0);
}

/** The texts in a text of JSON, and in the texts that are JSON themselves. */
function textsIn(json: string, depth: number): string[] {
  if (depth === MAX_DEPTH || !/^\s*[[{"]/.test(json)) return [];
  const texts: string[] = [];
  try {
    JSON.parse(json, (name, value: unknown) => {
      texts.push(name);
      if (typeof value === 'string') texts.push(value);
      return value;
    });
  } catch {
    return [];
  }
  return texts.flatMap((text) => [text, ...textsIn(text, depth + 1)]);
}

/** The length of the longest beginning of the text that one of the messages says. */
function longestPart(messages: readonly Buffer[], text: string): number {
  let said = 0;
  let tooLong = text.length + 1;
  while (tooLong - said > 1) {
    const length = Math.floor((said + tooLong) / 2);
    if (messages.some((message) => isSaidIn(message, text.slice(0, length)))) said = length;
    else tooLong = length;
  }
  return said;
}
