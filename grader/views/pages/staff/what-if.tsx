/**
 * The form of the rubric what-if. Its script grades the class again as soon as something is moved; nothing is saved,
 * and the lines that change the rubric so can be copied.
 */

import { POLICY_KINDS } from '../../../rubric/policies/registry.js';
import { Section } from './section.js';

export function WhatIf() {
  return (
    <Section id="what-if" title="What if the rubric were different">
      <p id="what-if-off">This part needs JavaScript.</p>
      <div id="what-if-room" hidden>
        <form class="controls" id="what-if-form">
          <label>
            Scenario <select name="scenario" />
          </label>
          <label>
            Policy{' '}
            <select name="kind">
              <option value="">as it is</option>
              {POLICY_KINDS.map(({ kind, title }) => (
                <option value={kind}>{title}</option>
              ))}
            </select>
          </label>
          <span id="what-if-thresholds" class="controls" />
          <label>
            Graded end{' '}
            <select name="gradedEnd">
              <option value="low">low: charges only what is proven</option>
              <option value="high">high: gives only what is proven</option>
            </select>
          </label>
          <label>
            Confidence <select name="confidence" />
          </label>
          <label>
            Without a usable run{' '}
            <select name="unjudged">
              <option value="none">none</option>
              <option value="review">none until looked at</option>
            </select>
          </label>
          <button type="reset">As it is</button>
        </form>
        <p id="what-if-says" class="lead" role="status" />
        <div id="what-if-chart" class="chart" />
        <div class="beside">
          <div>
            <h3>Whose points change</h3>
            <div class="scroll box" tabIndex={0} role="region" aria-label="Whose points change">
              <table class="wide" id="what-if-changes" />
            </div>
          </div>
          <div>
            <h3>In rubric.yaml</h3>
            <pre id="what-if-yaml" tabIndex={0} />
            <button type="button" data-copy="what-if-yaml">
              Copy the lines
            </button>
          </div>
        </div>
      </div>
    </Section>
  );
}
