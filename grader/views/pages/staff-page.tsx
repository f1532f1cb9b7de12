/**
 * The page for the staff of a course: whether a grading can be relied on, the open decisions, the results of the
 * class, and the points under another rubric. One file, made from results alone.
 */

import type { Results } from '../../results/results.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { renderPage } from './document.js';
import { Island } from './island.js';
import { classTable, isGradable } from './staff/class-model.js';
import { FailureGroups } from './staff/failure-groups-section.js';
import { HostsSection } from './staff/hosts-section.js';
import { HeatMap } from './staff/heat-map.js';
import { Incidents } from './staff/incidents-section.js';
import { ItemAnalysis } from './staff/item-analysis.js';
import { itemStatistics } from './staff/item-statistics.js';
import { Overview } from './staff/overview.js';
import { PointsSection } from './staff/points-chart.js';
import { ProvenanceSection } from './staff/provenance-section.js';
import { ReviewList } from './staff/review-list.js';
import { Section } from './staff/section.js';
import { staffData } from './staff/staff-data.js';
import { WhatIf } from './staff/what-if.js';

const TITLE_LENGTH = 100;

/** The text of an HTML file; it stands in `report/`, beside `students/` and below the grading's directory. */
export function renderStaffPage(results: Results): string {
  const { rubric, groups, submissions, provenance, isolation, hosts } = results;
  const table = classTable(results);
  const graded = rubric !== undefined;
  const ratedRows = table.rows.filter(({ submission }) => isGradable(submission));
  const data = staffData(results, table);
  return renderPage({
    title: sanitizeLine(`${rubric?.title ?? 'Grading'}: staff`, TITLE_LENGTH),
    script: 'staff',
    styles: ['staff'],
    data,
    children: (
      <>
        <Overview results={results} scenarios={table.planned.length} />
        <ReviewList results={results} />
        <Incidents submissions={submissions} />
        <PointsSection submissions={submissions} rows={table.rows} />
        <Section id="heat" title="Failure rates">
          <Island name="heat">
            <HeatMap data={data} />
          </Island>
        </Section>
        {groups === undefined ? null : <FailureGroups groups={groups} />}
        {graded ? <WhatIf /> : null}
        {ratedRows.length < 2 ? null : (
          <ItemAnalysis
            items={itemStatistics(ratedRows, table.planned)}
            submissions={ratedRows.length}
            graded={graded}
          />
        )}
        <HostsSection hosts={hosts} />
        {provenance === undefined ? null : (
          <ProvenanceSection provenance={provenance} isolation={isolation} />
        )}
      </>
    ),
  });
}
