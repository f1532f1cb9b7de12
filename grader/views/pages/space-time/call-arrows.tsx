/** A call in a diagram: its request, and its reply or the lack of one. */

import { along, Arrow, ArrowLine, Lost, LOST_AT } from './arrow.js';
import type { CallItem, FaintCall, Scene } from './scene.js';
import { VerticalLine, type Space } from './space.js';

export function CallOf({ call, scene, space }: { call: CallItem; scene: Scene; space: Space }) {
  const { from, to, startMs, deliveredMs, endMs, untilMs } = call;
  const [x1, x2] = [space.x(from), space.x(to)];
  return (
    <g>
      {deliveredMs === undefined ? (
        <Lost x1={x1} x2={x2} fromMs={startMs} toMs={startMs} space={space} />
      ) : (
        <Arrow
          class={call.requestLateMs === undefined ? 'arrow' : 'arrow late'}
          x1={x1}
          x2={x2}
          fromMs={startMs}
          toMs={deliveredMs}
          space={space}
          head="plain"
        />
      )}
      <ReplyOf call={call} scene={scene} space={space} />
      {untilMs === undefined || endMs === undefined ? null : (
        <VerticalLine class="again" x={x1} fromMs={endMs} toMs={untilMs} space={space} />
      )}
    </g>
  );
}

/** The way back of a call: the reply, or the reply as far as it came and what the caller saw instead. */
function ReplyOf({ call, scene, space }: { call: CallItem; scene: Scene; space: Space }) {
  const { from, to, startMs, repliedMs, endMs, isAnswered } = call;
  const [x1, x2] = [space.x(from), space.x(to)];
  if (isAnswered && endMs !== undefined) {
    const late = call.replyLateMs === undefined ? '' : ' late';
    return (
      <Arrow
        class={`arrow reply${late}`}
        x1={x2}
        x2={x1}
        fromMs={repliedMs ?? endMs}
        toMs={endMs}
        space={space}
        head="plain"
      />
    );
  }
  const x = along(x1, x2, LOST_AT);
  return (
    <g>
      {repliedMs === undefined ? null : (
        <Lost x1={x2} x2={x1} fromMs={repliedMs} toMs={repliedMs} space={space} />
      )}
      {endMs === undefined ? (
        <VerticalLine class="waiting" x={x1} fromMs={startMs} toMs={scene.toMs} space={space} />
      ) : (
        <Arrow
          class="arrow seen"
          x1={x}
          x2={x1}
          fromMs={endMs}
          toMs={endMs}
          space={space}
          head="bad"
        />
      )}
    </g>
  );
}

export function Faint({ call, space }: { call: FaintCall; space: Space }) {
  const { layer, from, to, startMs, toMs, isLost, title } = call;
  return (
    <g class={`faint layer-${layer}${isLost ? ' bad' : ''}`}>
      <title>{title}</title>
      <ArrowLine x1={space.x(from)} x2={space.x(to)} fromMs={startMs} toMs={toMs} space={space} />
    </g>
  );
}
