// A whole session through the screen: program, range, sets; accepts one weight, changes another; ends at the result.
// node session.mjs URL PROGRAM [SHOTS]
import { Kiosk, openBrowser, tell } from './page.mjs';

const [url, program, shots] = process.argv.slice(2);
const browser = await openBrowser();
const kiosk = await Kiosk.open(browser, url, { small: true });
await kiosk.begin(program);
tell('set-up', { load_kg: await kiosk.load_kg() });
await kiosk.startSet();
for (let set = 1; ; ++set) {
  const load_kg = await kiosk.load_kg('.readout .num');
  const { most, screen } = await kiosk.rideSet();
  tell('set', { set, load_kg, reps: most });
  // After the last set the rest may stand for a moment before the result.
  const after = await kiosk.page.waitForSelector('[data-screen="rest"] .why, [data-screen="finish"]');
  if (screen !== 'rest' || (await after.getAttribute('data-screen')) === 'finish') break;
  const why = await kiosk.text('.why');
  const proposed_kg = await kiosk.load_kg();
  let chosen_kg = proposed_kg;
  if (set === 2) {
    await kiosk.page.locator('.weigh .btn').last().click();
    await kiosk.page.waitForFunction((before) => Number(document.querySelector('.weigh .num').dataset.loadKg) > before, proposed_kg);
    chosen_kg = await kiosk.load_kg();
  } else {
    await kiosk.page.locator('.ask .btn').nth(2).click();
    await kiosk.page.waitForSelector('.ask .btn[aria-pressed="true"]');
  }
  tell('rest', { set, proposed_kg, chosen_kg, why, answered: set === 2 ? null : 2 });
  if (shots) await kiosk.shot(shots, `rest-${set}`);
  await kiosk.startSet();
}
await kiosk.screen('finish');
const groups = await kiosk.page.locator('[data-set]').evaluateAll((all) =>
  all.map((g) => ({ set: Number(g.dataset.set), reps: Number(g.dataset.setReps), load_kg: Number(g.dataset.setLoadKg) })));
const [download] = await Promise.all([kiosk.page.waitForEvent('download'), kiosk.page.locator('[data-csv]').click()]);
const stream = await download.createReadStream();
let csv = '';
for await (const piece of stream) csv += piece;
tell('finish', {
  reps: Number(await kiosk.attribute('[data-reps]', 'data-reps')),
  volume_kg: Number(await kiosk.attribute('[data-volume-kg]', 'data-volume-kg')),
  sets: groups,
  csv,
});
await kiosk.press('[data-done]', '[data-screen="walk-up"]');
tell('end', { complaints: kiosk.complaints });
await browser.close();
