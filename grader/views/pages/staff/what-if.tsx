/**
 * The rubric what-if: the form changes a draft of the rubric, the class is graded by it with the same code as in a
 * real grading, and the page shows who would gain or lose. Nothing is saved; the changed lines of the rubric can be
 * copied.
 */

import { useMemo, useState } from 'preact/hooks';
import { POLICY_KINDS, type Policy } from '../../../rubric/policies/registry.js';
import type { Rubric } from '../../../rubric/rubric.js';
import { Island } from '../island.js';
import { PointChanges } from './changes.js';
import { commonPolicy, withPolicy } from './draft.js';
import { gradeClass, type Outcome } from './grade-class.js';
import { Choice } from './heat-controls.js';
import { Histogram } from './histogram.js';
import { changedLines } from './rubric-lines.js';
import { Section } from './section.js';
import type { StaffData } from './staff-data.js';
import { ThresholdInputs } from './threshold-inputs.js';

const CONFIDENCES = [0.9, 0.95, 0.99];

export function WhatIf() {
  return (
    <Section id="what-if" title="Other rubrics">
      <Island name="what-if">
        <p>This section needs JavaScript.</p>
      </Island>
    </Section>
  );
}

export function WhatIfForm({ data, rubric }: { data: StaffData; rubric: Rubric }) {
  const [draft, setDraft] = useState(rubric);
  const before = useMemo(() => gradeClass(data, rubric), []);
  const after = useMemo(() => gradeClass(data, draft), [draft]);
  const lines = changedLines(rubric, draft);
  const says = describe(before, after);
  return (
    <>
      <p>
        Try other rules: the points below change at once, and nothing is saved. To keep a rule, copy
        its lines into <code>rubric.yaml</code>.
      </p>
      <RubricForm rubric={rubric} draft={draft} onChange={setDraft} />
      <p id="what-if-says" class="lead" role="status">
        {says}
      </p>
      <Histogram before={before} after={after} label={`Before and after. ${says}`} />
      <div class="beside">
        <div>
          <h3>Changed points</h3>
          <PointChanges data={data} before={before} after={after} />
        </div>
        <div>
          <h3>Lines for rubric.yaml</h3>
          <pre id="what-if-yaml" tabIndex={0}>
            {lines === '' ? 'Nothing is changed.' : lines}
          </pre>
          <button type="button" data-copy="what-if-yaml">
            Copy the lines
          </button>
        </div>
      </div>
    </>
  );
}

interface RubricFormProps {
  rubric: Rubric;
  draft: Rubric;
  onChange: (draft: Rubric) => void;
}

function RubricForm({ rubric, draft, onChange }: RubricFormProps) {
  const [scenario, setScenario] = useState('');
  const { parts, gradedEnd, confidence, unjudged } = draft;
  const ids = parts.flatMap((part) => part.scenarios.map((one) => one.scenario));
  const policy = commonPolicy(draft, scenario);
  const setPolicy = (moved: Policy) => onChange(withPolicy(draft, scenario, moved));
  const confidences = [...new Set([...CONFIDENCES, rubric.confidence])].toSorted((a, b) => a - b);
  return (
    <form class="controls" id="what-if-form" onSubmit={(event) => event.preventDefault()}>
      <Choice name="scenario" label="Scenario" value={scenario} onPick={setScenario}>
        <option value="">all</option>
        {parts.map(({ name }, index) => (
          <option value={`part:${index}`}>all of {name}</option>
        ))}
        {ids.map((id) => (
          <option value={id}>{id}</option>
        ))}
      </Choice>
      <PolicyChoice rubric={rubric} policy={policy} onPick={setPolicy} />
      {policy === undefined ? null : <ThresholdInputs policy={policy} onMove={setPolicy} />}
      <Choice
        name="gradedEnd"
        label="End of the interval that counts"
        value={gradedEnd}
        onPick={(end) => onChange({ ...draft, gradedEnd: end === 'high' ? 'high' : 'low' })}
      >
        <option value="low">low: charges only what is proven</option>
        <option value="high">high: gives only what is proven</option>
      </Choice>
      <Choice
        name="confidence"
        label="Confidence"
        value={String(confidence)}
        onPick={(value) => onChange({ ...draft, confidence: Number(value) })}
      >
        {confidences.map((one) => (
          <option value={String(one)}>{one * 100} %</option>
        ))}
      </Choice>
      <Choice
        name="unjudged"
        label="Without a usable run"
        value={unjudged}
        onPick={(value) => onChange({ ...draft, unjudged: value === 'none' ? 'none' : 'review' })}
      >
        <option value="none">no points</option>
        <option value="review">no points until staff decide</option>
      </Choice>
      <button
        type="button"
        onClick={() => {
          setScenario('');
          onChange(rubric);
        }}
      >
        Reset
      </button>
    </form>
  );
}

interface PolicyChoiceProps {
  rubric: Rubric;
  /** Undefined if the chosen scenarios have different ones: these can be replaced but not moved. */
  policy: Policy | undefined;
  onPick: (policy: Policy) => void;
}

function PolicyChoice({ rubric, policy, onPick }: PolicyChoiceProps) {
  const kinds = POLICY_KINDS.filter(
    ({ earnsBy }) => earnsBy === 'rate' || rubric.stopping !== undefined,
  );
  return (
    <Choice
      name="kind"
      label="Policy"
      value={policy?.kind ?? ''}
      onPick={(kind) => {
        const picked = kinds.find((one) => one.kind === kind);
        if (picked !== undefined) onPick(picked.example);
      }}
    >
      {policy === undefined ? <option value="">different ones</option> : null}
      {kinds.map(({ kind, title }) => (
        <option value={kind}>{title}</option>
      ))}
    </Choice>
  );
}

function describe(before: readonly Outcome[], after: readonly Outcome[]): string {
  const changes = after.map(({ points }, index) => points - (before[index]?.points ?? 0));
  const [gain, lose] = [changes.filter((one) => one > 0), changes.filter((one) => one < 0)];
  const reviews = (all: readonly Outcome[]) => all.reduce((sum, one) => sum + one.reviews, 0);
  return (
    `Mean ${mean(before)} → ${mean(after)} points. ` +
    `Of ${after.length} submissions ${gain.length} gain and ${lose.length} lose. ` +
    `Grades to review: ${reviews(before)} → ${reviews(after)}.`
  );
}

function mean(all: readonly Outcome[]): string {
  return (all.reduce((sum, { points }) => sum + points, 0) / Math.max(1, all.length)).toFixed(2);
}
