// A wait that can be cut short.
export class Pause {
  private end = () => {};

  of(ms: number) {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  cutShort() {
    this.end();
  }
}
