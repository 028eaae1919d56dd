// A network that can stand still: connections stay open and nothing passes, as with a pulled cable or a hung switch.
import net from 'node:net';

export class Line {
  /** Forwards to `target` ("http://host:port") from an address of its own. */
  static async to(target) {
    const line = new Line(new URL(target));
    await new Promise((resolve) => line.server.listen(0, '127.0.0.1', resolve));
    line.url = `http://127.0.0.1:${line.server.address().port}`;
    return line;
  }

  constructor({ hostname, port }) {
    this.still = false;
    this.sockets = new Set();
    this.server = net.createServer((near) => {
      const far = net.connect(Number(port), hostname);
      for (const [one, other] of [[near, far], [far, near]]) {
        this.sockets.add(one);
        if (this.still) one.pause();
        one.on('data', (data) => other.write(data));
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.sockets.delete(one);
          other.destroy();
        });
      }
    });
  }

  stall() {
    this.still = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** What stood still so long that somebody gave it up is cut; the next connection passes. */
  restore() {
    this.still = false;
    for (const socket of this.sockets) socket.resume();
  }

  close() {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(resolve));
  }
}
