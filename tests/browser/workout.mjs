// A workout of two exercises by a member: between them pulley and attachment change. On the second visit one light pull shows that the range
// of before still fits. node workout.mjs URL WORKOUT NUMBER PIN SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';
import { rideOne, tellResult, train } from './train.mjs';

const [url, workout, number, pin, folder] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
const { page } = kiosk;

async function walkUp() {
  await kiosk.press('[data-more]', `[data-workout="${workout}"]`);
  await kiosk.press(`[data-workout="${workout}"]`, '[data-screen="set-up"] [data-workout-position="1"]');
}

/** The change between the two, with what is asked for before anything starts. */
async function change(name) {
  await page.waitForSelector('[data-screen="set-up"] [data-workout-position="2"]');
  await kiosk.picture(folder, name, 'set-up');
  tell('change', { visit: name, starts: await page.locator('[data-start]').count(), steps: await kiosk.text('.steps') });
  await kiosk.press('[data-confirm-set-up]', '[data-start="range"]');
}

await kiosk.signIn(number, pin);
await walkUp();
await kiosk.measure();
await train(kiosk); // its proposal is accepted
await change('between');
await kiosk.measure();
await train(kiosk, 1); // its proposal is changed
await tellResult(kiosk);
await kiosk.picture(folder, 'workout-finish', 'finish');
await kiosk.press('[data-done]', '[data-screen="walk-up"]');

await walkUp();
tell('second', { start: await kiosk.attribute('[data-start]', 'data-start') });
for (const set of [1, 2]) {
  // The ring has a ghost: where the handle was at this moment of the last visit.
  const ghost = page.waitForSelector('[data-screen="set"] .rail:not(.no-ghost)');
  await Promise.all([rideOne(kiosk, { visit: 2, set }), ghost]);
  if (set === 1) await kiosk.screen('rest');
}
await change('walk-out');
await kiosk.press('[data-start="range"]', '[data-screen="calibrate"]');
tell('walk-out', { of: await kiosk.text('[data-screen="calibrate"] .count span') });
await kiosk.picture(folder, 'walk-out-pull', 'calibrate');
await page.waitForSelector('[data-screen="set-up"] [data-start]');
tell('fits', { start: await kiosk.attribute('[data-start]', 'data-start') });
await kiosk.press('[data-end]', '[data-screen="finish"]');
tell('first-exercise', { reps: Number(await kiosk.attribute('[data-reps]', 'data-reps')), visits: await kiosk.attribute('[data-visits]', 'data-visits') });
await page.waitForSelector('[data-last-visit]');
await kiosk.picture(folder, 'second-finish', 'finish');
await kiosk.press('[data-done]', '[data-screen="walk-up"]');
tell('end', { complaints: kiosk.complaints });
await browser.close();
