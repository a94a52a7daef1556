/* Cards of a chart that come one by one, each failing by itself; and printing. */
(() => {
  'use strict';

  /* milliseconds until a card says that it is still asking, and until it gives up */
  const SLOW = 3000;
  const PATIENCE = 12000;

  const put = (card, template) => {
    const place = card.querySelector('.body') || card;
    place.replaceChildren(document.getElementById(template).content.cloneNode(true));
  };

  async function load(card) {
    const stop = new AbortController();
    const slow = window.setTimeout(() => put(card, 'card-slow'), SLOW);
    const late = window.setTimeout(() => stop.abort(), PATIENCE);
    card.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(card.dataset.card, { signal: stop.signal, credentials: 'same-origin', cache: 'no-store' });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const loaded = page.querySelector('[data-loaded]');
      if (!answer.ok || !loaded) { throw new Error('no card'); }
      window.clearTimeout(slow);
      card.replaceChildren(...loaded.children);
    } catch {
      window.clearTimeout(slow);
      put(card, 'card-failed');
    } finally {
      window.clearTimeout(late);
      card.setAttribute('aria-busy', 'false');
    }
  }

  document.addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll('[data-card]').forEach(load);
    document.querySelectorAll('[data-print]').forEach(button => { button.hidden = false; });
    /* the newest stands at the right: that is where a narrow screen begins to look */
    document.querySelectorAll('.scroll').forEach(region => {
      if (region.querySelector('svg.wide, .lanes, .grid .first')) { region.scrollLeft = region.scrollWidth; }
    });
  });
  document.addEventListener('click', event => {
    const mark = event.target.closest('[data-leads]');
    if (mark) { window.location.assign(mark.dataset.leads); }
    if (event.target.closest('[data-print]')) { window.print(); }
    const again = event.target.closest('[data-card-again]');
    if (again) {
      const card = again.closest('[data-card]');
      again.disabled = true;
      load(card).then(() => { if (!document.activeElement || document.activeElement === document.body) { card.querySelector('a, button')?.focus(); } });
    }
  });
})();
