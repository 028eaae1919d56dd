// The lease says that a person at this screen steers. It is renewed from the render loop: a frozen or hidden page draws no frames, loses the
// lease, and the machine takes the load off by itself.
import { Code, ConnectError } from '@connectrpc/connect';
import { THIS_MACHINE, type Api } from '../../shared/api';

const RENEW_EVERY_MS = 500; // the controller asks for once a second
const CLIENT = 'kiosk';
/** A page that was loaded anew takes over from its former self, which the controller believes silent after 2 s. */
const TAKE_RETRY_MS = 500;
const TAKE_ATTEMPTS = 8;

export class Lease {
  private token = '';
  private renewed_ms = -Infinity;
  private renewing = false;

  constructor(private readonly api: Api) {}

  get held(): boolean {
    return this.token !== '';
  }

  /** Rejects with the controller's reason where another client steers. */
  async take(): Promise<void> {
    if (this.held) return;
    for (let attempt = 1; ; ++attempt) {
      try {
        const lease = await this.api.control.acquireLease({ machine: THIS_MACHINE, client: CLIENT, kiosk: true });
        this.token = lease.token;
        this.renewed_ms = performance.now();
        return;
      } catch (error) {
        if (attempt === TAKE_ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, TAKE_RETRY_MS));
      }
    }
  }

  async release(): Promise<void> {
    const token = this.token;
    this.token = '';
    if (!token) return;
    try {
      await this.api.control.releaseLease({ token });
    } catch {
      // It lapses by itself.
    }
  }

  /** From the render loop, every frame. */
  frame(now_ms: number): void {
    if (!this.held || this.renewing || now_ms - this.renewed_ms < RENEW_EVERY_MS) return;
    this.renewing = true;
    const token = this.token;
    this.api.control
      .renewLease({ token })
      .then(() => {
        this.renewed_ms = performance.now();
      })
      .catch((error: unknown) => {
        this.renewed_ms = performance.now(); // the next attempt in its time
        const refused = ConnectError.from(error).code === Code.FailedPrecondition;
        if (refused && this.token === token) this.token = '';
      })
      .finally(() => {
        this.renewing = false;
      });
  }
}
