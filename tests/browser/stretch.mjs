// A rest and a result with the longest words and the most sets that they may have to show; then they say again what they said.

const WORDS = {
  en: {
    why: '12 reps, and you said 5 or more were left, so the weight goes up: about 12 should leave one or two. It is more than one step: take it with a tap, else 112.25 kg.',
    load: '112.25',
    choice: 'Take 112.25 kg',
    was: '12 reps, 112.25 → 100.75 kg',
  },
  de: {
    why: '12 Wiederholungen, und du sagtest, 5 oder mehr wären gegangen, also geht das Gewicht hoch: nach etwa 12 sollten ein bis zwei übrig sein. Das ist mehr als ein Schritt: mit einem Tipp nehmen, sonst 112,25 kg.',
    load: '112,25',
    choice: 'Bei 112,25 kg bleiben',
    was: '12 Wdh., 112,25 → 100,75 kg',
  },
};
const MOST_SETS = 18; // of a workout

/** @return whether there was anything to stretch */
export async function stretch(page, language) {
  const long = await page.evaluate(stretchRest, WORDS[language]);
  return (await page.evaluate(stretchResult, { load: WORDS[language].load, sets: MOST_SETS })) || long;
}

export function relax(page) {
  return page.evaluate(() => window.relax.splice(0).reverse().forEach((step) => step()));
}

function stretchRest({ why, load, choice, was }) {
  window.relax = [];
  const say = (selector, text) => {
    const place = document.querySelector(`.rest ${selector}`);
    if (!place) return;
    const before = [place.firstChild.data, place.className, place.style.cssText];
    window.relax.push(() => ([place.firstChild.data, place.className, place.style.cssText] = before));
    place.firstChild.data = text;
    place.classList.add('long');
    place.style.setProperty('--chars', text.length - 0.5);
  };
  say('.why', why);
  say('.weigh .num', load);
  say(':is([data-keep], [data-take])', choice);
  say('.vs b', was);
  say('.vs .quiet', was);
  return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(window.relax.length > 0))));
}

function stretchResult({ load, sets }) {
  const groups = document.querySelector('.finish .groups');
  if (!groups) return false;
  const { className } = groups;
  const { cssText } = groups.style;
  const before = [...groups.children];
  window.relax.push(() => {
    groups.replaceChildren(...before);
    groups.className = className;
    groups.style.cssText = cssText;
  });
  groups.className = 'groups many';
  groups.style.cssText = '';
  groups.replaceChildren(...Array.from({ length: sets }, (_, i) => before[i % before.length].cloneNode(true)));
  for (const label of groups.querySelectorAll('.below-bars')) {
    label.firstChild.textContent = load;
    label.replaceChildren(label.firstChild, ' ×\u00a012\u00a0↓');
  }
  return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))));
}
