// A member's strength: a test through the screen, its result, and what is known of them. The sets before were trained somewhere else.
// node strength.mjs URL EXERCISE TEST NUMBER PIN SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, exercise, test, number, pin, folder] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
const { page } = kiosk;
const value = async (selector, name) => Number(await kiosk.attribute(selector, name));

await kiosk.signIn(number, pin);
await kiosk.press('[data-more]', '[data-screen="more"]');
await kiosk.turnTo(`[data-exercise="${exercise}"]`);
await kiosk.press(`[data-exercise="${exercise}"]`, '.list .dose');
await kiosk.turnTo(`[data-program="${test}"]`);
await kiosk.press(`[data-program="${test}"]`, '[data-screen="set-up"]');
await kiosk.picture(folder, 'test-set-up', 'set-up');
await kiosk.measure();
await kiosk.startSet();
await page.waitForSelector('[data-screen="set"] [data-count="2"]');
await kiosk.shot(folder, 'test-set');
const peak = page.waitForSelector('[data-screen="set"] [data-peak-n]');
const { most } = await kiosk.rideSet();
await peak;
await page.waitForSelector('[data-screen="rest"] .versus .vs b');
await kiosk.picture(folder, 'test-rest', 'rest');
tell('rest', { text: await kiosk.text('.rest'), weights: await page.locator('.weigh').count() });
await kiosk.press('[data-end]', '[data-screen="finish"]');
await page.waitForSelector('[data-tests]');
tell('set', { session: await kiosk.session(), reps: most });
tell('finish', { reps: await value('[data-reps]', 'data-reps'), peak_n: await value('[data-peak-n]', 'data-peak-n'), mean_n: await value('[data-mean-n]', 'data-mean-n'), text: await kiosk.text('.finish') });
await kiosk.picture(folder, 'test-finish', 'finish');
await kiosk.press('[data-strength]', '[data-screen="strength"] .known');
tell('strength', { unknown: await kiosk.attribute('.once', 'data-unknown'), tests: await value('[data-tests]', 'data-tests'), why: await kiosk.text('.once .why') });
await kiosk.picture(folder, 'strength-unknown', 'strength');
await kiosk.press('[data-back]', '[data-screen="finish"]');
await kiosk.press('[data-done]', '[data-screen="walk-up"]');

await kiosk.press('[data-my-sets]', '[data-screen="my-sets"]');
await kiosk.picture(folder, 'test-my-sets', 'my-sets');
await kiosk.press('[data-last="cable-row"] [data-strength]', '[data-screen="strength"] .known');
tell('known', { one_rm_kg: await kiosk.attribute('.once', 'data-one-rm-kg'), unknown: await kiosk.attribute('.once', 'data-unknown'), tests: await value('[data-tests]', 'data-tests') });
await kiosk.picture(folder, 'strength', 'strength');
await kiosk.press('[data-begin-test]', '[data-screen="set-up"]');
await kiosk.press('[data-end]', '[data-screen="walk-up"]');
tell('end', { complaints: kiosk.complaints });
await browser.close();
