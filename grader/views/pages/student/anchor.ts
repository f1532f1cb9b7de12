/** The anchor of a failing scenario on a student's page. */
export function anchorOf(scenario: string): string {
  return `failure-${scenario.replaceAll(/[^\w-]/g, '-')}`;
}
