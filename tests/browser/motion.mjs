// How the handle's motion comes to the screen: rides one set and tells, for every frame, when it was shown and where it drew the ring. Times are
// the system's monotonic clock, as in the simulator's log. node motion.mjs URL PROGRAM
import { Kiosk, openBrowser, tell } from './page.mjs';

const CLOCK_READS = 50;
const [url, program] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url);
await kiosk.begin(program);

/** Page time to monotonic time: the read with the shortest way there and back says best. */
async function clockOffset_s() {
  let best = { way: Infinity, offset: 0 };
  for (let i = 0; i < CLOCK_READS; ++i) {
    const before = Number(process.hrtime.bigint()) / 1e9;
    const page_s = (await kiosk.page.evaluate(() => performance.now())) / 1e3;
    const after = Number(process.hrtime.bigint()) / 1e9;
    if (after - before < best.way) best = { way: after - before, offset: (before + after) / 2 - page_s };
  }
  return best;
}
const clock = await clockOffset_s();

await kiosk.startSet();
await kiosk.page.evaluate(() => {
  // After the page's own drawing of this frame; the frame is on the screen, at the latest, when the next one begins.
  let drawn;
  window.shown = [];
  const look = (now_ms) => {
    if (drawn !== undefined) window.shown.push([now_ms, drawn]);
    const ring = document.querySelector('[data-screen="set"] .rail:not(.lost) [data-handle]');
    const down = /translateY\(([\d.]+)%\)/.exec(ring?.style.transform ?? ''); // of the ring's way
    drawn = down ? 1 - Number(down[1]) / 100 : undefined;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
tell('pulling');
await kiosk.rideSet();
const shown = await kiosk.page.evaluate(() => window.shown);
tell('shown', { clock_way_s: clock.way, frames: shown.map(([at_ms, x]) => [at_ms / 1e3 + clock.offset, x]) });
await browser.close();
