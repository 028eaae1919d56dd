// One finger on one button: the train of calls that moves a cable for as long as it lasts. The machine lets go by itself where they stop
// coming; nothing here has to go right for that.
import { JogMotion } from '../../gen/sheave/v1/jog_pb';
import { THIS_MACHINE, type Api } from '../shared/api';
import { Pause } from '../shared/pause';

/** The machine lets go after 400 ms: three calls may be lost on the way, or late. */
const EVERY_MS = 100;
const CALL_TIMEOUT_MS = 1000;

export class Press {
  private number = 0n; // the machine's, with its first answer
  private over = false;
  private readonly pause = new Pause();

  /** @param refused why the cable is not moved, or no longer; not called after release(). */
  constructor(
    private readonly api: Api,
    private readonly cable: number,
    private readonly motion: JogMotion,
    private readonly refused: (error: unknown) => void,
  ) {}

  async run() {
    try {
      while (!this.over) {
        const called_ms = performance.now();
        const first = this.number === 0n;
        const { press } = await this.call(false);
        this.number = press;
        if (first && this.over) this.letGo(); // the finger was off before the press had its number
        if (!first) await this.pause.of(EVERY_MS - (performance.now() - called_ms));
      }
    } catch (error) {
      if (this.over) return;
      this.release();
      this.refused(error);
    }
  }

  /** The finger is off. */
  release() {
    if (this.over) return;
    this.over = true;
    this.pause.cutShort();
    if (this.number !== 0n) this.letGo();
  }

  private letGo() {
    void this.call(true).catch(() => undefined); // unheard, the press ends all the same
  }

  private call(release: boolean) {
    return this.api.machine.jog({ name: THIS_MACHINE, cable: this.cable, motion: this.motion, press: this.number, release }, { timeoutMs: CALL_TIMEOUT_MS });
  }
}
