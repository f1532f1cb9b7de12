/**
 * Whether a number, as it is written, is one that the program can tell from its neighbours. Numbers are held as
 * doubles, which round: two times that differ in the text must not become one.
 */

/** Most digits that a double can be written with. */
const MAX_DIGITS = 100;

/**
 * Whether the double, written with as many digits as the literal, is the literal; or with as few as it takes, since a
 * double that lies in the middle is rounded up in the one way and to an even digit in the other.
 */
export function isExact(literal: string): boolean {
  const { digits, power } = partsOf(literal);
  if (digits.length > MAX_DIGITS) return false;
  const number = Number(literal);
  return [number.toPrecision(Math.max(1, digits.length)), String(number)]
    .map(partsOf)
    .some((read) => read.digits === digits && read.power === power);
}

/** Its digits, without zeros at both ends, and the power of ten of the last one. */
function partsOf(literal: string): { digits: string; power: number } {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = `${whole}${fraction}`;
  let end = all.length;
  while (all[end - 1] === '0') end -= 1;
  const digits = all.slice(0, end).replace(/^0+/, '');
  if (digits === '') return { digits, power: 0 };
  return { digits, power: Number(exponent) - fraction.length + all.length - end };
}
