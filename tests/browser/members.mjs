// A guest's way from a weakness to its workout; then a member: number and PIN, a session, the second visit one tap from the start, and "not me" the day after.
// node members.mjs URL NUMBER PIN SHOTS
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, number, pin, folder] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
const { page } = kiosk;

await kiosk.screen('walk-up');
// What somebody notices in their training leads to the workout for it.
await kiosk.press('[data-weak]', '[data-screen="weak"]');
await kiosk.picture(folder, 'weak', 'weak');
const signs = await page.locator('[data-sign]').evaluateAll((all) => all.map((one) => one.dataset.sign));
await kiosk.press(`[data-sign="${signs.at(-1)}"]`, '[data-screen="set-up"] [data-workout-position="1"]');
tell('weak', { signs, exercise: await kiosk.text('.top h1') });
await kiosk.press('[data-end]', '[data-screen="walk-up"]');
await kiosk.press('[data-sign-in]', '[data-screen="sign-in"]');
await kiosk.typeIn(number);
await kiosk.typeIn('0000');
await page.waitForSelector('[role="alert"]');
await kiosk.picture(folder, 'wrong-pin', 'sign-in');
tell('wrong', { text: await kiosk.text('[role="alert"]') });
await kiosk.typeIn(pin);
await page.waitForSelector(`[data-who="${number}"]`);
tell('first', { hero: await page.locator('[data-last-time]').count() });

await kiosk.press('[data-program="face-pull"]', '[data-screen="set-up"]');
for (let i = 0; i < 3; ++i) await page.locator('[data-notch-up]').click();
await kiosk.measure();
await kiosk.startSet();
const load_kg = await kiosk.load_kg('.readout .num');
const session = await kiosk.session();
const { most } = await kiosk.rideSet();
tell('set', { session, load_kg, reps: most });
await kiosk.screen('rest');
await kiosk.press('[data-end]', '[data-screen="finish"]');
await kiosk.press('[data-done]', '[data-screen="walk-up"]');
await page.waitForSelector('[data-last-time]');
await kiosk.picture(folder, 'second-visit', 'walk-up');
tell('second', { text: await kiosk.text('[data-last-time]') });
await kiosk.press('[data-last-time]', '[data-screen="set-up"]');
await kiosk.picture(folder, 'second-set-up', 'set-up');
tell('one-tap', { notch: Number(await kiosk.attribute('[data-notch]', 'data-notch')), confirms: await page.locator('[data-confirm-set-up]').count(), start: await page.locator('[data-start]').count() });
await page.locator('.dock .btn').first().click();
await kiosk.screen('walk-up');
await kiosk.press('[data-my-sets]', '[data-screen="my-sets"]');
await kiosk.picture(folder, 'my-sets', 'my-sets');
await page.locator('[data-disown]').first().click();
await page.waitForSelector('[data-last]', { state: 'detached' });
tell('disowned');
await kiosk.press('[data-back]', '[data-screen="walk-up"]');
await page.locator('[data-not-me]').click();
await page.waitForSelector('[data-who="guest"]');

// Who reads German is refused in German.
const german = await Kiosk.open(browser, url, { small: true, language: 'de' });
await german.press('[data-sign-in]', '[data-screen="sign-in"]');
await german.typeIn(number);
await german.typeIn('0000');
await german.page.waitForSelector('[role="alert"]');
await german.picture(folder, 'wrong-pin', 'sign-in');
tell('german', { text: await german.text('[role="alert"]') });
// Too many wrong ones have to wait, and the screen counts it down.
while (!/\d/.test(await german.text('[role="alert"]'))) {
  await german.typeIn('0000');
  await german.page.waitForSelector('[role="alert"]');
}
const told = await german.text('[role="alert"]');
await german.picture(folder, 'slowed', 'sign-in');
await german.page.waitForFunction((before) => document.querySelector('[role="alert"]')?.textContent.trim() !== before, told);
tell('slowed', { told, then: await german.text('[role="alert"]') });
tell('end', { complaints: [...kiosk.complaints, ...german.complaints] });
await browser.close();
