// A session as CSV with the columns that training logs exchange (those of the Strong app), and the speed of each rep behind them.
import type { Rep, Set as TrainingSet } from '../../gen/sheave/v1/session_pb';

const COLUMNS =
  'Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE,Weight Unit,Speeds m/s'.split(',');
const RPE_MOST = 10;

/** RFC 4180. */
function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

type RepsOf = (set: number) => readonly Rep[];

export function sessionCsv(sets: readonly TrainingSet[], repsOf: RepsOf, exercise: string, machine: string): string {
  const first_s = sets[0]?.startTime ? Number(sets[0].startTime.seconds) : 0;
  const date = first_s ? new Date(first_s * 1000).toISOString().replace('T', ' ').slice(0, 19) : '';
  const last = sets.at(-1);
  const duration_min = last?.startTime ? Math.round((Number(last.startTime.seconds) - first_s + last.durationS) / 60) : 0;
  const rows = sets.map((set) => {
    const reps = repsOf(set.index);
    const rpe = set.answerRepsInReserve === undefined ? '' : RPE_MOST - set.answerRepsInReserve;
    const speeds = reps.map((rep) => rep.meanVelocityMps?.toFixed(3) ?? '').join(' ');
    return [date, machine, `${duration_min}m`, exercise, set.index, set.loadTotalKg, reps.length, 0, Math.round(set.durationS), '', '', rpe, 'kg', speeds];
  });
  return [COLUMNS, ...rows].map((row) => row.map(field).join(',')).join('\r\n') + '\r\n';
}
