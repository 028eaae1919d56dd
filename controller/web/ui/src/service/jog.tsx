// A cable is moved while a button is held: by a finger, a mouse, or Space or Enter. Whatever takes the finger away lets go: lifting it, sliding
// off, another window, a page that is hidden or left.
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { JogMotion } from '../../gen/sheave/v1/jog_pb';
import { m, refusalText } from '../operator/model/format';
import type { Handle, MachineModel } from '../operator/model/machine';
import { Panel } from '../operator/parts/panel';
import { measure } from './facts';
import { Press } from './press';

export function JogPanel({ machine }: { machine: MachineModel }) {
  const words = m().jog;
  const handles = machine.handles.value;
  return (
    <Panel title={words.title} span="c12" id="jog">
      <p class="small quiet" id="jog-how">
        {words.text}
      </p>
      {handles.map((handle, i) => (
        <Cable key={i} machine={machine} handle={handle} cable={i + 1} of={handles.length} />
      ))}
    </Panel>
  );
}

function Cable({ machine, handle, cable, of }: { machine: MachineModel; handle: Handle; cable: number; of: number }) {
  const words = m().jog;
  const refused = useSignal('');
  const button = { machine, cable, refused: (text: string) => (refused.value = text) };
  return (
    <section class="jog" data-jog-cable={cable} data-tension-n={handle.tensionN.toFixed(1)}>
      {of > 1 && <h3>{m().technician.cable(cable, of)}</h3>}
      <div class="live">
        <Live name={m().technician.tension} value={measure(handle.tensionN, 0, 'N')} />
        <Live name={m().technician.extension} value={measure(handle.extensionM, 2, 'm')} />
        <Live name={m().technician.speed} value={measure(handle.velocityMps, 2, 'm/s')} />
      </div>
      <div class="holds">
        <HoldButton {...button} motion={JogMotion.WIND_IN} data-jog="wind-in">
          <b>{words.windIn}</b>
          {words.windInText}
        </HoldButton>
        <HoldButton {...button} motion={JogMotion.HOLD} data-jog="hold">
          <b>{words.hold}</b>
          {words.holdText}
        </HoldButton>
      </div>
      {refused.value && (
        <p class="refused" role="alert">
          {refused.value}
        </p>
      )}
    </section>
  );
}

function Live({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <span class="quiet small">{name}</span>
      <span class="num">{value}</span>
    </div>
  );
}

interface HoldProps {
  machine: MachineModel;
  cable: number;
  motion: JogMotion;
  refused: (text: string) => void;
  children: ComponentChildren;
  [data: `data-${string}`]: string;
}

function HoldButton({ machine, cable, motion, refused, children, ...rest }: HoldProps) {
  const held = useSignal(false);
  const press = useRef<Press | undefined>(undefined);
  const finger = useRef<number | 'key' | undefined>(undefined); // which pointer holds it
  const release = () => {
    finger.current = undefined;
    held.value = false;
    press.current?.release();
    press.current = undefined;
  };
  const hold = (by: number | 'key') => {
    if (finger.current !== undefined) return;
    refused('');
    finger.current = by;
    held.value = true;
    press.current = new Press(machine.api, cable, motion, (error) => {
      release(); // the finger may still be on: only a new press moves anything
      refused(refusalText(error));
    });
    void press.current.run();
  };
  useEffect(() => {
    const leave = [
      [window, 'blur'],
      [window, 'pagehide'],
      [document, 'visibilitychange'],
    ] as const;
    for (const [target, name] of leave) target.addEventListener(name, release);
    return () => {
      for (const [target, name] of leave) target.removeEventListener(name, release);
      release();
    };
  }, []);
  const lift = (event: PointerEvent) => finger.current === event.pointerId && release();
  const isKey = (event: KeyboardEvent) => event.key === ' ' || event.key === 'Enter';
  return (
    <button
      type="button"
      class="hold"
      aria-pressed={held.value}
      aria-describedby="jog-how"
      {...rest}
      onPointerDown={(event: PointerEvent) => {
        if (event.button !== 0 || !event.isPrimary) return;
        (event.currentTarget as HTMLElement).releasePointerCapture(event.pointerId); // a touch is caught by what it lands on; this one is to be seen leaving
        hold(event.pointerId);
      }}
      onPointerUp={lift}
      onPointerCancel={lift}
      onPointerLeave={lift}
      onContextMenu={(event) => event.preventDefault()} // what a long touch means elsewhere
      onKeyDown={(event: KeyboardEvent) => {
        if (!isKey(event)) return;
        event.preventDefault();
        if (!event.repeat) hold('key');
      }}
      onKeyUp={(event: KeyboardEvent) => {
        if (!isKey(event)) return;
        event.preventDefault();
        if (finger.current === 'key') release();
      }}
      onBlur={release}
    >
      {children}
    </button>
  );
}
