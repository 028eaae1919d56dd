// Every screen in both orientations and both languages, into a folder; each is checked for what leaves the panel and for accessibility.
// node screens.mjs URL PROGRAM FOLDER
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, program, folder] = process.argv.slice(2);
const LOOKS = [
  { panel: 'portrait', language: 'en', theme: 'dark' },
  { panel: 'landscape', language: 'en', theme: 'light' },
  { panel: 'portrait', language: 'de', theme: 'light' },
  { panel: 'landscape', language: 'de', theme: 'dark' },
];

const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, LOOKS[0]);

/** The screen that stands, on each of the panels: the others look on. */
async function pictures(name, screen, then = async () => {}) {
  await kiosk.picture(folder, name, screen);
  for (const look of LOOKS.slice(1)) {
    const other = await Kiosk.open(browser, url, look);
    await then(other);
    await other.picture(folder, name, screen);
    await other.close();
  }
}

await pictures('walk-up', 'walk-up');
await kiosk.press('[data-more]', '[data-screen="more"]');
await pictures('more', 'more', async (other) => {
  await other.screen('walk-up');
  await other.press('[data-more]', '[data-screen="more"]');
});
const EXERCISE = '[data-exercise="Cable row"]';
async function openPrograms(one) {
  await one.turnTo(EXERCISE);
  await one.press(EXERCISE, '[data-program="cable-row"]');
}
await openPrograms(kiosk);
await pictures('programs', 'more', async (other) => {
  await other.screen('walk-up');
  await other.press('[data-more]', '[data-screen="more"]');
  await openPrograms(other);
});
await kiosk.press('[data-back]', '[data-workout]');
await kiosk.press('[data-back]', '[data-screen="walk-up"]');
const openWeak = (one) => one.screen('walk-up').then(() => one.press('[data-weak]', '[data-screen="weak"]'));
await openWeak(kiosk);
await pictures('weak', 'weak', openWeak);
await kiosk.press('[data-back]', '[data-screen="walk-up"]');
await kiosk.press(`[data-program="${program}"]`, '[data-screen="set-up"]');
await pictures('set-up', 'set-up');
const openHow = (one) => one.screen('set-up').then(() => one.press('.steps .btn', '.how'));
await openHow(kiosk);
await pictures('how', 'set-up', openHow);
await kiosk.press('.how .btn', '.pair');
await kiosk.press('[data-start]', '[data-screen="calibrate"]');
await kiosk.page.waitForSelector('[data-screen="calibrate"] [data-count="2"]');
await pictures('calibrate', 'calibrate');
await kiosk.page.waitForSelector('[data-screen="set-up"] .weigh');
await kiosk.startSet();
await kiosk.page.waitForSelector('[data-screen="set"] [data-count="2"]');
await pictures('set', 'set');
await kiosk.rideSet();
await pictures('rest', 'rest');
await kiosk.startSet();
await kiosk.page.waitForSelector('[data-screen="set"] [data-count="2"]');
await kiosk.shot(folder, 'set-2');
await kiosk.pressStop();
await kiosk.screen('rest');
await pictures('early-end', 'rest');

// Looking on from before the end, so that each has a result to show.
const others = [];
for (const look of LOOKS.slice(1)) others.push(await Kiosk.open(browser, url, look));
for (const other of others) await other.screen('rest');
await kiosk.press('[data-end]', '[data-screen="finish"]');
for (const one of [kiosk, ...others]) await one.picture(folder, 'finish', 'finish');
for (const other of others) await other.close();
await kiosk.press('[data-done]', '[data-screen="walk-up"]');

const left = await Kiosk.open(browser, url, { ...LOOKS[0], clock: true });
await left.press(`[data-program="${program}"]`, '[data-screen="set-up"]');
await left.page.clock.fastForward(61_000); // nobody touches anything for a minute
await left.picture(folder, 'still-there', 'still-there');
await left.page.clock.fastForward(31_000);
await left.screen('walk-up');
await left.close();
tell('cut-the-drive');
await pictures('fault', 'fault');
tell('cut-the-controller');
await kiosk.picture(folder, 'lost-idle', 'lost-idle');
await browser.close();
