// The lease says that a person at this screen steers. It is renewed with a frame that is drawn: a frozen or hidden page draws none, loses the
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
        this.renewLater(lease.token);
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

  private renewLater(token: string): void {
    setTimeout(() => requestAnimationFrame(() => void this.renew(token)), RENEW_EVERY_MS);
  }

  private async renew(token: string): Promise<void> {
    if (this.token !== token) return; // given back meanwhile
    try {
      await this.api.control.renewLease({ token });
    } catch (error) {
      const refused = ConnectError.from(error).code === Code.FailedPrecondition;
      if (refused && this.token === token) this.token = '';
    }
    this.renewLater(token);
  }
}
