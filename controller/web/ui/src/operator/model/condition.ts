// How a machine stands, in one of six words.
import { MachineState, Reaction } from '../../../gen/sheave/v1/common_pb';
import type { Snapshot } from '../../../gen/sheave/v1/watch_pb';

export type MachineCondition = 'use' | 'ready' | 'care' | 'fault' | 'out' | 'lost';

const OFF = new Set([MachineState.SAFE_OFF, MachineState.FAULT_STOP, MachineState.ESTOP, MachineState.BOOT]);
const PULLING = new Set([MachineState.READY, MachineState.CALIBRATE, MachineState.ENGAGE, MachineState.ACTIVE, MachineState.SPOT, MachineState.UNLOAD]);

export function isPulling(now: Snapshot | undefined): boolean {
  return now !== undefined && PULLING.has(now.machineState);
}

export function conditionOf(now: Snapshot | undefined, linked: boolean): MachineCondition {
  if (!now || !linked) return 'lost';
  if (now.outOfOrder && !now.outOfOrder.pending) return 'out';
  if (OFF.has(now.machineState)) return 'fault';
  if (now.session || now.beingServiced || isPulling(now)) return 'use';
  return now.activeFaults.length > 0 || now.reaction > Reaction.NONE ? 'care' : 'ready';
}
