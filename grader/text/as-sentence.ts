/** The text with a capital letter at its beginning and a full stop, if it has neither. */
export function asSentence(text: string): string {
  const [first = '', ...rest] = text;
  const sentence = first.toUpperCase() + rest.join('');
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
