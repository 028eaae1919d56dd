// Two people taking turns, each with an exercise of their own: the pulley and what hangs on it change with the turn.
// node turns.mjs URL FIRST SECOND SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';
import { rideOne } from './train.mjs';

const [url, first, second, folder] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
const { page } = kiosk;

/** Whose turn it is once the machine says so; the set-up is confirmed by who takes over. */
async function takeOver(session) {
  await page.waitForSelector(`[data-screen="set-up"][data-session="${session}"] [data-confirm-set-up]`);
  await kiosk.measure();
}

await kiosk.begin(first);
const ann = await kiosk.session();
await rideOne(kiosk, { who: 'first' });
await kiosk.screen('rest');

await kiosk.press('[data-join]', '[data-screen="walk-up"]');
await kiosk.picture(folder, 'joining', 'walk-up');
await page.locator(`[data-program="${second}"]`).click();
// The first one's set is done, so it is the second one's turn at once.
await page.waitForSelector('[data-screen="set-up"] [data-confirm-set-up]');
await kiosk.picture(folder, 'lanes-change', 'set-up');
const bob = await kiosk.session();
tell('lanes', { first: ann, second: bob, at: await kiosk.attribute('[data-lane][data-at-machine="true"]', 'data-lane') });
await kiosk.measure();
await rideOne(kiosk, { who: 'second' });

for (const [who, session] of [['first', ann], ['second', bob]]) {
  await takeOver(session);
  await kiosk.picture(folder, `turn-of-the-${who}`);
  await rideOne(kiosk, { who });
}
// The first one leaves at their turn; the second goes on alone.
await page.waitForSelector(`[data-screen="set-up"][data-session="${ann}"]`);
await kiosk.press('[data-end]', `[data-session="${bob}"]`);
tell('alone', { lanes: await page.locator('[data-lane]').count() });
await kiosk.press('[data-end]', '[data-screen="finish"]');
tell('finish', { session: await kiosk.session(), reps: Number(await kiosk.attribute('[data-reps]', 'data-reps')) });
await kiosk.press('[data-done]', '[data-screen="walk-up"]');
tell('end', { complaints: kiosk.complaints });
await browser.close();
