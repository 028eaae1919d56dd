// The network stands still in the middle of a set, until the machine has taken the load off, and comes back. node lost.mjs URL PROGRAM
import { Line } from './line.mjs';
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, program] = process.argv.slice(2);
const line = await Line.to(url);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, line.url, { small: true });
await kiosk.begin(program);
await kiosk.startSet();
await kiosk.page.waitForSelector('[data-screen="set"] [data-count="2"]');
const load_kg = await kiosk.load_kg('.readout .num');
line.stall();
await kiosk.screen('lost');
tell('lost', { stop_buttons: await kiosk.page.locator('button.stop').count(), saved: await kiosk.text('.facts-list') });
// The test says when the set is over, from the simulator's log: this screen cannot know.
await new Promise((resolve) => process.stdin.once('data', resolve));
line.restore();
await kiosk.screen('rest');
await kiosk.page.waitForSelector('.versus .vs b');
const [reps] = /\d+/.exec(await kiosk.text('.vs b'));
tell('back', { load_kg, reps: Number(reps), note: await kiosk.text('.why'), stop_buttons: await kiosk.page.locator('button.stop').count() });
await kiosk.press('[data-end]', '[data-screen="finish"]');
await browser.close();
await line.close();
process.exit(0);
