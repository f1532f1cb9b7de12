/** One failing scenario on a student's page, the most wanted facts first. */

import { PARTED_TITLE } from '../../../../harness/index.js';
import { count } from '../../../text/count.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { Island } from '../island.js';
import { Runs, type DrawnRuns } from '../space-time/runs.js';
import { Story } from '../space-time/diagram-in-words.js';
import { anchorOf } from './anchor.js';
import { Command } from './command.js';
import type { FailingRun, FailurePart } from './failure-model.js';
import { DoingPart } from './doing-part.js';
import { InstallKit } from './install-kit.js';
import type { MergedLogs } from './logs.js';
import { ValuesCompared } from './values-compared.js';

interface FailureProps {
  failure: FailurePart;
  /** Sentences about the control runs. */
  control: readonly string[];
  /** Whether it is the first one, which explains the diagrams and has the notes that apply to all. */
  isFirst: boolean;
  /** Version of the kit that graded. */
  kit: string;
}

export function FailureSection({ failure, control, isFirst, kit }: FailureProps) {
  const { scenario, title, standing, rate, rule, besides, grade, alike, kinds, run } = failure;
  return (
    <section
      class="failure"
      id={anchorOf(scenario)}
      aria-labelledby={`${anchorOf(scenario)}-title`}
    >
      <h2 id={`${anchorOf(scenario)}-title`}>{scenario}</h2>
      <p class="quiet">{title}</p>
      <p class="lead">{rate}</p>
      <p class="standing">{standing}</p>
      {rule === undefined ? null : (
        <p>
          Broken rule of the lab: <strong>{rule}</strong>
        </p>
      )}
      {besides === undefined ? null : <p>{besides}</p>}
      {grade === undefined ? null : (
        <p>
          Points: {grade.points} of {grade.maxPoints}.{' '}
          <span class="quiet">{sanitizeLine(grade.rule, 400)}</span>
        </p>
      )}
      <Kinds alike={alike} kinds={kinds} />
      {run === undefined ? (
        <p class="quiet">No evidence of these runs was kept.</p>
      ) : (
        <Run run={run} scenario={scenario} drawn={drawnRuns(failure, isFirst)} />
      )}
      {run?.doing === undefined ? null : <DoingPart doing={run.doing} />}
      <h3>Replay</h3>
      <p>
        Run this in the directory of your submission (<code>.</code> is that directory):
      </p>
      <Command text={failure.replay.command} />
      <p>{failure.replay.chance}</p>
      {run === undefined ? null : <Output run={run} />}
      {control.length === 0 || !isFirst ? null : (
        <>
          <h3>Could it be the machine?</h3>
          {control.map((one) => (
            <p>{one}</p>
          ))}
        </>
      )}
      <h3>Check your fix</h3>
      <p>{failure.home.says}</p>
      <p>
        Run this in the directory of your submission (<code>.</code> is that directory):
      </p>
      <Command text={failure.home.command} />
      <InstallKit kit={kit} isHere={isFirst} />
    </section>
  );
}

function Kinds({ alike, kinds }: Pick<FailurePart, 'alike' | 'kinds'>) {
  const [only] = kinds;
  if (kinds.length === 1 && only !== undefined) {
    return (
      <p>
        {alike} {only.says}.
      </p>
    );
  }
  return (
    <>
      <p>{alike}</p>
      <ul>
        {kinds.map((kind) => (
          <li>
            {kind.count} × {kind.says}
          </li>
        ))}
      </ul>
    </>
  );
}

interface RunProps {
  run: FailingRun;
  scenario: string;
  drawn: DrawnRuns | undefined;
}

function Run({ run: { scene, says, name, parted, apart }, scenario, drawn }: RunProps) {
  return (
    <>
      <h3>Example run</h3>
      <blockquote class="says">{says}</blockquote>
      {apart === undefined ? null : <ValuesCompared apart={apart} />}
      {parted.length === 0 ? null : <Parted lines={parted} />}
      {drawn === undefined ? null : (
        <div class="runs">
          <Island name="runs">
            <Runs drawn={drawn} />
          </Island>
        </div>
      )}
      {scene === undefined || drawn !== undefined ? null : (
        <Story scene={scene} title={name} id={`${anchorOf(scenario)}-story`} isOpen={false} />
      )}
    </>
  );
}

function Parted({ lines }: { lines: readonly string[] }) {
  return (
    <div class="parted">
      <p>{PARTED_TITLE}</p>
      <ul>
        {lines.map((line) => (
          <li class={line.startsWith(' ') ? 'detail' : undefined}>{line.trim()}</li>
        ))}
      </ul>
    </div>
  );
}

/** The failing run, and beside it one that passed; undefined if it is only described in words. */
export function drawnRuns({ run, scenario }: FailurePart, isFirst: boolean): DrawnRuns | undefined {
  const { scene, isDrawn = false, passing, name = '' } = run ?? {};
  if (scene === undefined || !isDrawn) return undefined;
  return {
    id: anchorOf(scenario),
    scenario,
    isLegendOpen: isFirst,
    runs: [
      { scene, word: 'failing', title: name },
      ...(passing === undefined ? [] : [{ ...passing, word: 'passing' as const }]),
    ],
  };
}

function Output({ run: { logs, crashes, explanations } }: { run: FailingRun }) {
  if (logs.lines.length + crashes.length + explanations.length === 0) return null;
  return (
    <>
      <h3>Program output</h3>
      {crashes.map(({ process, text }) => (
        <details open>
          <summary>Last output of {process}</summary>
          <pre tabIndex={0}>{text}</pre>
        </details>
      ))}
      {explanations.length === 0 ? null : (
        <>
          <p>
            Connection errors are normal when calls are lost. These are their causes, and what the
            program did next:
          </p>
          <ul>
            {explanations.map(({ atMs, says, like }) => (
              <li>
                <span class="mono quiet">{Math.round(atMs)} ms</span> {says}
                {like === 1 ? '' : ` (${like} similar ones)`}
              </li>
            ))}
          </ul>
        </>
      )}
      {logs.lines.length === 0 ? null : <Logs logs={logs} />}
    </>
  );
}

function Logs({ logs: { lines, processes, omitted } }: { logs: MergedLogs }) {
  const isTimed = lines.some(({ atMs }) => atMs !== undefined);
  return (
    <details class="logs" data-logs>
      <summary>
        {isTimed ? 'Output around the failure' : 'Last lines of all output'},{' '}
        {count(lines.length, 'line')}
      </summary>
      <p class="filter no-print" hidden data-log-filter>
        {processes.map((process) => (
          <label>
            <input type="checkbox" checked value={process} /> {process}
          </label>
        ))}
      </p>
      {omitted === 0 ? null : <p class="quiet">{count(omitted, 'earlier line')} not shown.</p>}
      <div class="scroll" tabIndex={0} role="region" aria-label="Output of all processes">
        <table class="mono">
          <thead>
            <tr>
              <th scope="col" class="number">
                ms
              </th>
              <th scope="col">process</th>
              <th scope="col">printed</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ process, atMs, text }) => (
              <tr data-process={process}>
                <td class="number quiet">{atMs === undefined ? '' : Math.round(atMs)}</td>
                <td>{process}</td>
                <td class="printed">{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
