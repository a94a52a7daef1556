/* Keys, focus and small comforts of the EMR pages. Every page works without it. */
(() => {
  'use strict';

  const find = name => document.querySelector(`[data-emr="${name}"]`);
  const writing = target => target.closest('input, textarea, select, [contenteditable=true]');
  const go = page => document.querySelector(`.rail a[data-page="${page}"]`)?.click();
  let leader = 0;

  const single = {
    '/': () => find('search')?.focus(),
    'n': () => (find('add') || document.querySelector('.rail a[data-page="entry"]'))?.click(),
    '?': () => find('keys')?.click(),
    '[': () => find('earlier')?.click(),
    ']': () => find('later')?.click(),
    'j': () => row(1),
    'k': () => row(-1),
  };
  const afterG = { h: () => document.querySelector('.bar-home')?.click(), s: () => go('chart'), r: () => go('rights'), o: () => go('outbox') };

  function row(step) {
    const links = [...document.querySelectorAll('main .grid tbody th a, main .items a')];
    const at = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
  }

  document.addEventListener('keydown', event => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (key === 'Enter' && (ctrlKey || metaKey)) {
      const forward = find('forward');
      if (forward) { event.preventDefault(); forward.click(); }
      return;
    }
    if (key === 'Escape') {
      const open = document.querySelector('details[open]');
      if (open) { open.open = false; open.querySelector('summary').focus(); } else if (!writing(target)) { find('back')?.click(); }
      return;
    }
    if (key === 'Enter' && target.closest('.vgrid') && target.matches('input')) {
      event.preventDefault();
      const cells = [...document.querySelectorAll('.vgrid input[type=text]')];
      cells[cells.indexOf(target) + 1]?.focus();
      return;
    }
    if (ctrlKey || metaKey || altKey || writing(target)) { return; }
    const act = Date.now() - leader < 1500 ? afterG[key] : single[key];
    leader = key === 'g' ? Date.now() : 0;
    if (act) { event.preventDefault(); act(); }
  });

  /* a link to a field also reaches controls whose id JSF has prefixed */
  document.addEventListener('click', event => {
    const link = event.target.closest('.note a[href^="#"]');
    if (!link) { return; }
    const name = link.getAttribute('href').slice(1);
    const field = document.querySelector(`[data-field="${CSS.escape(name)}"], #${CSS.escape(name)}, [id$="\\:${CSS.escape(name)}"]`);
    if (field) { event.preventDefault(); (field.matches('input, textarea, select') ? field : field.querySelector('input, textarea, select') || field).focus(); }
  });

  /* one submit per page: a second press must not sign twice */
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (!form.hasAttribute('data-again')) {
      form.dataset.sent = 'yes';
      window.setTimeout(() => {
        const button = event.submitter;
        if (button && button.dataset.busy) { button.textContent = button.dataset.busy; }
      }, 300);
    }
  });
  window.addEventListener('pageshow', () => document.querySelectorAll('form').forEach(form => delete form.dataset.sent));

  document.addEventListener('DOMContentLoaded', () => find('first-error')?.focus());
  document.addEventListener('click', event => {
    document.querySelectorAll('details.menu[open]').forEach(menu => { if (!menu.contains(event.target)) { menu.open = false; } });
  });
})();
