/** Whether a program has started another, or a thread: those are not on the clock, so what they do takes real time. */

import { ChildProcess } from 'node:child_process';
import workers from 'node:worker_threads';

/** Call it before the program's own code. What a program waits for at once, as with `execSync`, takes no time. */
export function noteStartedPrograms(): () => boolean {
  let hasStarted = false;
  const started = <Target extends object>(make: Target): Target =>
    new Proxy(make, {
      apply(target, self, args) {
        hasStarted = true;
        return Reflect.apply(Object(target), self, args);
      },
      construct(target, args, made) {
        hasStarted = true;
        return Object(Reflect.construct(Object(target), args, made));
      },
    });
  const { prototype } = ChildProcess;
  Object.assign(prototype, { spawn: started(Object(Reflect.get(prototype, 'spawn'))) });
  Object.assign(workers, { Worker: started(workers.Worker) });
  return () => hasStarted;
}
