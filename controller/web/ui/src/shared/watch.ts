// One Watch stream that never ends: it reconnects by itself and goes on from the last cursor, so that no rep, set, proposal or fault is
// lost or seen twice.
import { Code, ConnectError } from '@connectrpc/connect';
import { create } from '@bufbuild/protobuf';
import { CursorSchema, type Cursor } from '../../gen/sheave/v1/common_pb';
import { WatchRequestSchema, type WatchKind, type WatchResponse } from '../../gen/sheave/v1/watch_pb';
import { THIS_MACHINE, type Api } from './api';
import { Pause } from './pause';

export interface WatchOptions {
  kinds: WatchKind[];
  machine?: string;
  sampleRateHz?: number;
  /** No message for so long means that the link is lost, although the connection stands. Only with samples, which flow all the time. */
  silenceMs?: number;
}

export interface WatchHandlers {
  /** Each event once, in order. Snapshots repeat. */
  event(response: WatchResponse): void;
  /** The stream stands: a first message came. */
  linked(): void;
  /** The stream broke or went silent. Trying again goes on by itself. */
  lost(): void;
  /** The log is another one than before, or the cursor is too old: what was collected is no longer to be trusted. Read it anew. */
  restarted(): void;
}

const RETRY_FIRST_MS = 200;
const RETRY_MOST_MS = 2000;

/** Starts following; call the result to end it. */
export function followWatch(api: Api, options: WatchOptions, handlers: WatchHandlers): () => void {
  const follower = new Follower(api, options, handlers);
  void follower.run();
  return () => follower.end();
}

class Follower {
  private cursor: Cursor | undefined;
  private linked = false;
  private ended = false;
  private abort = new AbortController();
  private readonly pause = new Pause();
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Api,
    private readonly options: WatchOptions,
    private readonly handlers: WatchHandlers,
  ) {}

  end() {
    this.ended = true;
    this.abort.abort();
    this.pause.cutShort();
  }

  async run() {
    let retryMs = RETRY_FIRST_MS;
    while (!this.ended) {
      this.abort = new AbortController();
      this.expectMessage();
      try {
        const request = create(WatchRequestSchema, {
          machine: this.options.machine ?? THIS_MACHINE,
          kinds: this.options.kinds,
          sampleRateHz: this.options.sampleRateHz ?? 0,
          after: this.cursor,
        });
        for await (const response of this.api.watch.watch(request, { signal: this.abort.signal, timeoutMs: 0 })) {
          if (this.ended) return;
          retryMs = RETRY_FIRST_MS;
          this.expectMessage();
          this.take(response);
        }
      } catch (error) {
        if (ConnectError.from(error).code === Code.OutOfRange) this.startOver();
      }
      clearTimeout(this.silence);
      if (this.ended) return;
      this.setLinked(false);
      await this.pause.of(retryMs);
      retryMs = Math.min(retryMs * 2, RETRY_MOST_MS);
    }
  }

  private take(response: WatchResponse) {
    const next = response.cursor;
    if (next) {
      const sameLog = this.cursor?.epoch === next.epoch;
      if (this.cursor && !sameLog) this.handlers.restarted();
      const isEntry = response.event.case !== 'snapshot';
      if (isEntry && sameLog && next.seq <= this.cursor!.seq) return; // seen before
      this.cursor = create(CursorSchema, next);
    }
    this.setLinked(true);
    this.handlers.event(response);
  }

  private startOver() {
    this.cursor = undefined;
    this.handlers.restarted();
  }

  private setLinked(linked: boolean) {
    if (this.linked === linked) return;
    this.linked = linked;
    if (linked) this.handlers.linked();
    else this.handlers.lost();
  }

  private expectMessage() {
    clearTimeout(this.silence);
    if (!this.options.silenceMs) return;
    this.silence = setTimeout(() => {
      this.setLinked(false);
      this.abort.abort();
    }, this.options.silenceMs);
  }
}
