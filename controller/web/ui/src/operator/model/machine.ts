// One machine as this page knows it: what is live from its watch stream, what is slower by asking now and then.
import { batch, computed, signal } from '@preact/signals';
import type { Machine } from '../../../gen/sheave/v1/machine_pb';
import { RepVerdict, type Rep } from '../../../gen/sheave/v1/session_pb';
import type { MachineConfig, Upkeep } from '../../../gen/sheave/v1/upkeep_pb';
import type { UsageSummary } from '../../../gen/sheave/v1/usage_pb';
import { WatchKind, type Snapshot, type WatchResponse } from '../../../gen/sheave/v1/watch_pb';
import { createApi, isUnknownCaller, THIS_MACHINE, type Api } from '../../shared/api';
import { followWatch } from '../../shared/watch';
import type { Address } from './addresses';
import { conditionOf } from './condition';
import { refusalText } from './format';

const SAMPLE_RATE_HZ = 15; // an office looks at it, nobody pulls by it
const SILENCE_MS = 3000;
const FACTS_EVERY_MS = 60_000;
const SUMMARY_DAYS = 56;

/** One cable as it was measured last; `share` of its range, where one is known. */
export interface Handle {
  share: number | undefined;
  extensionM: number;
  velocityMps: number;
  tensionN: number;
  commandedN: number;
}

export class MachineModel {
  readonly api: Api;
  readonly linked = signal(false);
  /** Never reached so far: what is wrong, in the controller's or the browser's words. */
  readonly trouble = signal('');
  /** It asks who calls: no credential, or one that it does not know. */
  readonly unknownCaller = signal(false);
  readonly snapshot = signal<Snapshot | undefined>(undefined);
  readonly machine = signal<Machine | undefined>(undefined);
  readonly summary = signal<UsageSummary | undefined>(undefined);
  readonly upkeep = signal<Upkeep | undefined>(undefined);
  readonly config = signal<MachineConfig | undefined>(undefined);
  readonly handles = signal<Handle[]>([]);
  /** Counted reps of the set that runs or ran last. */
  readonly reps = signal<Rep[]>([]);
  readonly condition = computed(() => conditionOf(this.snapshot.value, this.linked.value));

  private readonly endWatch: () => void;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(readonly address: Address) {
    this.api = createApi(address.url, address.token);
    this.endWatch = followWatch(
      this.api,
      {
        kinds: [WatchKind.STATE, WatchKind.SAMPLES, WatchKind.REPS, WatchKind.SETS, WatchKind.FAULTS],
        sampleRateHz: SAMPLE_RATE_HZ,
        silenceMs: SILENCE_MS,
      },
      {
        event: (response) => this.take(response),
        linked: () => {
          this.linked.value = true;
          void this.refresh();
        },
        lost: () => {
          this.linked.value = false;
          void this.explain();
        },
        restarted: () => (this.reps.value = []),
      },
    );
    this.timer = setInterval(() => this.linked.value && void this.refresh(), FACTS_EVERY_MS);
    void this.explain();
  }

  end() {
    this.endWatch();
    clearInterval(this.timer);
  }

  /** What changes slowly, all at once. */
  async refresh() {
    try {
      const [machine, summary, upkeep, config] = await Promise.all([
        this.api.machine.getMachine({ name: THIS_MACHINE }),
        this.api.usage.summarize({ machine: THIS_MACHINE, days: SUMMARY_DAYS }),
        this.api.machine.getUpkeep({ name: THIS_MACHINE }),
        this.api.machine.getConfig({ name: THIS_MACHINE }),
      ]);
      batch(() => {
        this.machine.value = machine;
        this.summary.value = summary;
        this.upkeep.value = upkeep;
        this.config.value = config;
        this.trouble.value = '';
      });
    } catch (error) {
      this.trouble.value = refusalText(error);
    }
  }

  /** Why the stream does not stand: a refused call says it, a stream that is tried again and again does not. */
  private async explain() {
    try {
      this.machine.value = await this.api.machine.getMachine({ name: THIS_MACHINE });
      this.trouble.value = '';
      this.unknownCaller.value = false;
    } catch (error) {
      this.trouble.value = refusalText(error);
      this.unknownCaller.value = isUnknownCaller(error);
    }
  }

  private take({ event }: WatchResponse) {
    switch (event.case) {
      case 'snapshot':
        if (event.value.countedReps === 0) this.reps.value = [];
        this.snapshot.value = event.value;
        break;
      case 'samples': {
        const newest = event.value.samples.at(-1);
        if (newest) this.handles.value = newest.axes.map(({ romShare, ...axis }) => ({ ...axis, share: romShare }));
        break;
      }
      case 'rep':
        if (event.value.verdict === RepVerdict.COUNTED) this.addRep(event.value);
        break;
      case 'set':
      case 'fault':
        void this.refresh();
        break;
      default:
    }
  }

  private addRep(rep: Rep) {
    const known = rep.index === 1 ? [] : this.reps.value.filter((other) => other.index !== rep.index);
    this.reps.value = [...known, rep].sort((a, b) => a.index - b.index);
  }
}
