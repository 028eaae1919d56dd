// Sets at the screen, one after the other, until the machine has something else to say: the next exercise, or the result.
import { tell } from './page.mjs';

/** The answer to "How many more could you have done?" where one is given. */
const ANSWER = 2;

/** One set, from the tap on Start to its end; tells what the screen showed. */
export async function rideOne(kiosk, more = {}) {
  await kiosk.startSet();
  const session = await kiosk.session();
  const load_kg = await kiosk.load_kg('.readout .num');
  const compared = await kiosk.text('.readout .label');
  const { most } = await kiosk.rideSet();
  tell('set', { session, load_kg, reps: most, compared, ...more });
}

/** Raises the proposed weight by one tap; gives what is then to be lifted. */
async function raise(kiosk, proposed_kg) {
  await kiosk.page.locator('.weigh .btn').last().click();
  await kiosk.page.waitForFunction((before) => Number(document.querySelector('.weigh .num').dataset.loadKg) > before, proposed_kg);
  return kiosk.load_kg();
}

/** Rides every set of one exercise; the weight after set `change` is changed, the others are accepted. */
export async function train(kiosk, change) {
  for (let set = 1; ; ++set) {
    await rideOne(kiosk, { set });
    // After the last set the rest may stand for a moment before what comes.
    const after = await kiosk.page.waitForSelector('[data-screen="rest"] .why, [data-screen="finish"], [data-screen="set-up"]');
    if ((await after.getAttribute('data-screen')) || (await kiosk.attribute('[data-screen]', 'data-screen')) !== 'rest') return;
    const why = await kiosk.text('.why');
    const proposed_kg = await kiosk.load_kg();
    let chosen_kg = proposed_kg;
    if (set === change) {
      chosen_kg = await raise(kiosk, proposed_kg);
    } else {
      await kiosk.page.locator('.ask .btn').nth(ANSWER).click();
      await kiosk.page.waitForSelector('.ask .btn[aria-pressed="true"]');
    }
    tell('rest', { session: await kiosk.session(), set, proposed_kg, chosen_kg, why, answered: set === change ? null : ANSWER });
  }
}

/** What the result shows, and the CSV that it hands over. */
export async function tellResult(kiosk) {
  await kiosk.screen('finish');
  const sets = await kiosk.page.locator('[data-set]').evaluateAll((all) =>
    all.map((g) => ({ set: Number(g.dataset.set), reps: Number(g.dataset.setReps), load_kg: Number(g.dataset.setLoadKg) })));
  // A code for a phone, or where none reaches the machine a file.
  await kiosk.page.waitForSelector('.take :is(.qr, [data-csv])');
  const link = (await kiosk.page.locator('.take .qr').count()) ? await kiosk.readCode('.take .qr') : null;
  const csv = link ? null : await takeFile(kiosk);
  tell('finish', {
    session: await kiosk.session(),
    reps: Number(await kiosk.attribute('[data-reps]', 'data-reps')),
    volume_kg: Number(await kiosk.attribute('[data-volume-kg]', 'data-volume-kg')),
    best_mps: Number(await kiosk.attribute('[data-best-mps]', 'data-best-mps')),
    sets,
    link,
    csv,
  });
}

async function takeFile({ page }) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-csv]').click()]);
  let text = '';
  for await (const piece of await download.createReadStream()) text += piece;
  return text;
}
