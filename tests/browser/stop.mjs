// STOP in mid-rep: pressed on the screen while the handle moves. node stop.mjs URL PROGRAM
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, program] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
await kiosk.begin(program);
await kiosk.startSet();
await kiosk.page.waitForSelector('[data-screen="set"] [data-count="2"]');
const load_kg = await kiosk.load_kg('.readout .num');
// The tempo guide names the phase: the pull is under way.
await kiosk.page.waitForFunction(() => document.querySelector('.tempo > div')?.classList.contains('now'));
await kiosk.pressStop();
tell('pressed');
await kiosk.page.waitForSelector('.stop.calm');
tell('stopped', { look: 'calm' });
await kiosk.screen('rest');
const [reps] = /\d+/.exec(await kiosk.text('.vs b'));
tell('rest', { load_kg, reps: Number(reps), question: await kiosk.text('.ask h2'), why: await kiosk.text('.why') });
await kiosk.press('.ask .btn:nth-child(2)', '.ask .btn[aria-pressed="true"]');
await kiosk.press('[data-end]', '[data-screen="finish"]');
tell('end', { complaints: kiosk.complaints });
await browser.close();
