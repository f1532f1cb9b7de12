/** The format of times on all pages. */

/** ISO 8601 as people read it, in UTC and to the minute. */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
