/** Sentences with and without their full stops, where texts of several origins meet. */

/** The sentence with a capital letter and with its full stop, if it has none. */
export function asSentence(text: string): string {
  const [first = '', ...rest] = text;
  const sentence = first.toUpperCase() + rest.join('');
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** The sentence as a part of another. */
export function withoutStop(sentence: string): string {
  return sentence.trimEnd().replace(/\.$/, '');
}
