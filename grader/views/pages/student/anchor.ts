/** The name of the place on a student's page where the failure of a scenario is told. */
export function anchorOf(scenario: string): string {
  return `failure-${scenario.replaceAll(/[^\w-]/g, '-')}`;
}
