/** How many characters of two texts, or items of two lists, are the same from the beginning on. */
export function commonLength(one: ArrayLike<string>, other: ArrayLike<string>): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
