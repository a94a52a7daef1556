/* Keys, focus, drafts and small comforts of the EMR pages. Every page works without it. */
(() => {
  'use strict';

  const find = name => document.querySelector(`[data-emr="${name}"]`);
  const writing = target => target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]');
  const page = name => document.querySelector(`.rail a[data-page="${name}"]`);
  const go = (...names) => names.map(page).find(link => link)?.click();
  const quiet = document.documentElement.dataset.keys === 'quiet';
  const minute = 60_000;

  /* --- keys ------------------------------------------------------------------------------ */
  let leader = 0;
  const single = {
    '/': () => find('search')?.focus(),
    'n': () => (find('add') || page('entry'))?.click(),
    '?': () => find('keys')?.showModal(),
    '[': () => find('earlier')?.click(),
    ']': () => find('later')?.click(),
    'j': () => row(1),
    'k': () => row(-1),
  };
  const afterG = {
    h: () => document.querySelector('.bar-home')?.click(), p: () => find('search')?.focus(), b: () => document.querySelector('a.bar-link')?.click(),
    s: () => go('chart'), t: () => go('timeline'), r: () => go('results'), d: () => go('documents'), o: () => go('outside'),
    a: () => go('rights', 'policies'), w: () => go('seen', 'audit'),
  };

  function row(step) {
    const links = [...document.querySelectorAll('main .grid tbody th a, main .grid tbody th [tabindex], main .items a.b, main .items .b a')];
    const at = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
  }

  function choose(target) {
    const box = target.closest('main .grid tbody tr')?.querySelector('input[type=checkbox]');
    if (box) { box.click(); }
    return box;
  }

  document.addEventListener('keydown', event => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (document.querySelector('dialog[open]')) { return; }
    if (key === 'Enter' && (ctrlKey || metaKey)) {
      const forward = find('forward');
      if (forward) { event.preventDefault(); forward.click(); }
      return;
    }
    if (key === 's' && (ctrlKey || metaKey) && draft) { event.preventDefault(); save(); return; }
    if (key === 'Escape') {
      const open = document.querySelector('details[open]');
      if (open) { open.open = false; open.querySelector('summary').focus(); } else if (!writing(target)) { find('back')?.click(); }
      return;
    }
    if (key === 'Enter' && target.closest('.vgrid') && target.matches('input')) {
      event.preventDefault();
      const cells = [...document.querySelectorAll('.vgrid input[type=text]')];
      (cells[cells.indexOf(target) + 1] || find('forward'))?.focus();
      return;
    }
    if (key === 'Tab' && !event.shiftKey && stamped(target)) { event.preventDefault(); return; }
    if (quiet || ctrlKey || metaKey || altKey || writing(target)) { return; }
    if (key === ' ' && target.matches('a') && choose(target)) { event.preventDefault(); return; }
    const act = Date.now() - leader < 1500 ? afterG[key] : single[key];
    leader = key === 'g' ? Date.now() : 0;
    if (act) { event.preventDefault(); act(); }
  });

  document.addEventListener('click', event => {
    if (event.target.closest('[data-emr="keys-show"]')) { event.preventDefault(); find('keys')?.showModal(); }
    if (event.target.closest('[data-emr="close"]')) { event.target.closest('dialog').close(); }
  });

  /* --- stamps: ;word and Tab ----------------------------------------------------------------- */
  const stamps = new Map([...document.querySelectorAll('[data-stamp]')].map(each => [each.dataset.stamp, each.textContent]));

  function stamped(target) {
    if (!stamps.size || !target.matches('textarea, input[type=text]') || target.selectionStart !== target.selectionEnd) { return false; }
    const at = target.selectionStart;
    const typed = target.value.slice(0, at).match(/[;；]([\p{L}\p{N}ー-]{1,20})$/u);
    const text = typed && stamps.get(typed[1]);
    if (text === undefined || text === null) { return false; }
    target.setRangeText(text, at - typed[0].length, at, 'end');
    target.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  }

  let lastText = null;
  document.addEventListener('focusin', event => { if (event.target.matches('.soap textarea')) { lastText = event.target; } });
  find('stamps')?.addEventListener('change', event => {
    const text = stamps.get(event.target.value);
    const target = lastText || document.querySelector('.soap textarea');
    event.target.value = '';
    if (text === undefined || !target) { return; }
    target.setRangeText(text, target.selectionStart, target.selectionEnd, 'end');
    target.dispatchEvent(new Event('input', { bubbles: true }));
    target.focus();
  });

  /* --- asking beside the page ------------------------------------------------------------------ */
  const beside = document.body?.dataset.beside ?? '';
  let acted = Date.now();
  let told = Date.now();
  for (const each of ['keydown', 'pointerdown', 'input']) {
    document.addEventListener(each, () => { acted = Date.now(); idle(); }, { capture: true, passive: true });
  }

  function ask(path, body, keepalive) {
    const headers = { 'X-EMR': '1', 'Content-Type': 'application/json' };
    return fetch(beside + path, body
      ? { method: 'POST', headers, body: JSON.stringify(body), keepalive: !!keepalive, redirect: 'error' }
      : { headers, redirect: 'error' });
  }

  async function live() {
    if (!beside || document.hidden) { return; }
    const here = acted > told;
    try {
      const answer = await ask('live' + (here ? '?here=yes' : ''));
      if (answer.status === 401) { lock(); return; }
      if (!answer.ok) { return; }
      if (here) { told = Date.now(); }
      const news = await answer.json();
      put('link', news.link); put('away', news.away);
      const icon = find('link')?.parentElement.querySelector('.pi');
      if (icon && news.icon) { icon.className = 'pi pi-' + news.icon; }
      const strip = find('away')?.closest('.strip');
      if (strip && news.away !== undefined) { strip.hidden = !news.away; }
      const count = page('outbox')?.querySelector('.count');
      if (count && news.outbox !== undefined && count.textContent !== news.outbox) { count.textContent = news.outbox; }
    } catch (away) { /* the next try may reach it */ }
  }

  function put(name, words) {
    const place = find(name);
    if (place && words !== undefined && place.textContent !== words) { place.textContent = words; }
  }

  /* --- drafts ------------------------------------------------------------------------------------ */
  const draft = document.querySelector('form[data-draft]');
  let typed = 0, kept = 0, timer = 0, saving = Promise.resolve(true);

  function fields() {
    const all = {}, seen = {};
    for (const each of draft.elements) {
      if (!each.name || !each.matches('input[type=text], textarea, select') || each.matches('[data-emr]')) { continue; }
      const sign = each.closest('[data-field^="vital-"]');
      const name = sign ? sign.dataset.field : (each.id || each.name).split(':').pop().replace(/_input$/, '');
      if (name.startsWith('j_') || each.type === 'checkbox') { continue; }
      seen[name] = (seen[name] ?? -1) + 1;
      if (each.value) { all[`${name}.${seen[name]}`] = each.value; }
    }
    return all;
  }

  function say(words, time) {
    const place = find('draft-state');
    if (place && words) { place.textContent = words.replace('{0}', time ?? ''); }
  }

  /* one after the other, so that what was typed last is what is kept */
  function save(keepalive) {
    window.clearTimeout(timer);
    saving = saving.then(() => send(keepalive));
    return saving;
  }

  let refused = '';

  async function send(keepalive) {
    const upTo = typed;
    const body = { id: draft.dataset.draft, patient: draft.dataset.patient, name: draft.dataset.name, fields: fields() };
    try {
      const answer = await ask('draft', body, keepalive);
      if (answer.status === 401) { lock(); return false; }
      refused = answer.ok ? '' : (await answer.json().catch(() => ({}))).say ?? '';
      if (!answer.ok) { say(refused || draft.dataset.failed); return false; }
    } catch (away) {
      refused = '';
      say(draft.dataset.failed);
      return false;
    }
    kept = Math.max(kept, upTo);
    acted = told = Date.now();
    say(draft.dataset.saved, new Date().toLocaleTimeString('en-GB'));
    const here = new URL(location.href);
    if (here.searchParams.get('draft') !== draft.dataset.draft) {
      here.searchParams.set('draft', draft.dataset.draft);
      history.replaceState(null, '', here);
    }
    return true;
  }

  if (draft) {
    let touched = false;
    draft.addEventListener('input', event => {
      if (event.target.type === 'file') { return; }
      touched = true; typed++;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => save(), 2000);
    });
    draft.addEventListener('change', () => { if (touched && kept < typed) { save(); } });
    document.addEventListener('visibilitychange', () => { if (document.hidden && touched && kept < typed) { send(true); } });
    window.addEventListener('pagehide', () => { if (touched && kept < typed) { send(true); } });
  }

  /* --- files: each goes into the draft as soon as it is chosen ------------------------------------------ */
  const chooser = draft && find('files');
  const waiting = []; // chosen, and not in the draft yet
  let attaching = Promise.resolve(true);

  const about = (words, file) => words.replace('{0}', file.name);

  function tell(words, wrong) {
    find('file-state').textContent = wrong ? '' : words;
    find('file-wrong').textContent = wrong ? words : '';
  }

  /* a line for a file, as the server writes it, too */
  function line(file) {
    const item = document.createElement('li'), size = document.createElement('span'), button = document.createElement('button'), icon = document.createElement('i');
    item.className = 'pick waits';
    size.className = 'soft';
    size.textContent = '…';
    icon.className = 'pi pi-times';
    icon.setAttribute('aria-hidden', 'true');
    button.type = 'submit';
    button.setAttribute('aria-label', `${chooser.dataset.remove} ${file.name}`);
    button.append(icon);
    item.append(`${file.name} `, size, ' ', button);
    find('file-list').append(item);
    return item;
  }

  function chosen(files) {
    for (const file of files) {
      if (file.size < 1 || file.size > Number(chooser.dataset.largest)) { tell(`${file.name}: ${chooser.dataset.wrong}`, true); continue; }
      waiting.push({ file, item: line(file) });
    }
    return attach();
  }

  /* one after the other; whether all that were chosen are in the draft */
  function attach() {
    attaching = attaching.then(async () => {
      let all = true;
      while (waiting.length) {
        const done = await attachFirst(waiting[0]);
        if (done === null) { return false; }
        all = all && done;
      }
      return all;
    });
    return attaching;
  }

  /* null if it has to wait; false if it was refused */
  async function attachFirst(each) {
    const { file, item } = each;
    tell(about(chooser.dataset.attaching, file));
    if (!await save()) { tell(refused || about(chooser.dataset.waits, file), true); return null; }
    let answer;
    try {
      answer = await fetch(`${beside}file?draft=${draft.dataset.draft}`, {
        method: 'POST', body: file, redirect: 'error',
        headers: { 'X-EMR': '1', 'X-EMR-Name': encodeURIComponent(file.name), 'Content-Type': file.type || 'application/octet-stream' },
      });
    } catch (away) { answer = { status: 503 }; }
    if (answer.status === 401) { lock(); return null; }
    if (answer.status >= 500) { tell(about(chooser.dataset.waits, file), true); return null; }
    if (waiting[0] === each) { waiting.shift(); }
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) { item.remove(); tell(`${file.name}: ${said.say ?? chooser.dataset.wrong}`, true); return false; }
    item.classList.remove('waits');
    item.querySelector('span').textContent = said.size;
    item.querySelector('button').dataset.file = said.id;
    if (!item.isConnected) { ask('file-removed', { draft: draft.dataset.draft, file: said.id }); return true; }
    tell(about(chooser.dataset.attached, file));
    return true;
  }

  async function detach(item) {
    const at = waiting.findIndex(each => each.item === item);
    const id = item.querySelector('button').dataset.file;
    const name = item.querySelector('button').getAttribute('aria-label').slice(chooser.dataset.remove.length + 1);
    if (at >= 0) { waiting.splice(at, 1); }
    if (id) {
      const answer = await ask('file-removed', { draft: draft.dataset.draft, file: id }).catch(() => ({}));
      if (answer.status === 401) { lock(); return; }
      if (!answer.ok) { tell(draft.dataset.failed, true); return; }
    }
    item.remove();
    tell(about(chooser.dataset.removed, { name }));
    chooser.focus();
  }

  if (chooser) {
    find('attach').hidden = true;
    chooser.addEventListener('change', () => {
      const files = [...chooser.files];
      chooser.value = '';
      chosen(files);
    });
    find('file-list').addEventListener('click', event => {
      const button = event.target.closest('button');
      if (button) { event.preventDefault(); detach(button.closest('li')); }
    });
    draft.addEventListener('submit', event => {
      if (!waiting.length || draft.dataset.sent) { return; }
      if (event.submitter?.id === 'discard') { waiting.length = 0; return; }
      event.preventDefault();
      event.stopPropagation();
      const { submitter } = event;
      attach().then(all => { if (all) { draft.requestSubmit(submitter); } });
    });
    window.addEventListener('beforeunload', event => { if (waiting.length && !draft.dataset.sent) { event.preventDefault(); } });
    window.setInterval(() => { if (waiting.length && !dialog?.open) { attach(); } }, 20_000);
  }

  /* --- emergency access: its minutes are counted, and said each fifth and each of the last five ------- */
  const glass = find('glass');

  if (glass) {
    const end = Date.now() + Number(glass.dataset.seconds) * 1000;
    const part = name => glass.querySelector(`[data-part="${name}"]`);
    let before = null;
    const count = () => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / minute));
      if (left === before) { return; }
      const words = left > 0 ? glass.dataset.left.replace('{0}', left) : glass.dataset.over;
      part('left').textContent = words;
      if (before === null || left % 5 === 0 || left < 5) { part('said').textContent = `${glass.getAttribute('aria-label')}: ${words}`; }
      before = left;
      if (left === 0) { window.clearInterval(counting); }
    };
    const counting = window.setInterval(count, 2000);
    count();
  }

  /* --- the lock: a page stays as it is, and asks who is there ---------------------------------------- */
  const dialog = find('lock');

  function lock() {
    if (!dialog || dialog.open) { return; }
    document.documentElement.dataset.locked = 'yes';
    find('idle')?.setAttribute('hidden', '');
    dialog.showModal();
    dialog.querySelector('input[type=password]').focus();
  }

  function idle() {
    const strip = find('idle');
    const since = Date.now() - acted;
    if (strip) { strip.hidden = since < 12 * minute || dialog?.open; }
    if (since > 15 * minute) { lock(); }
  }

  dialog?.addEventListener('cancel', event => event.preventDefault());
  dialog?.querySelector('form').addEventListener('submit', async event => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const form = event.target, wrong = form.querySelector('[role=alert]');
    const entered = { user: form.dataset.user, password: form.elements['lock-password'].value, code: form.elements['lock-code'].value };
    form.elements['lock-password'].value = '';
    form.elements['lock-code'].value = '';
    let answer;
    try { answer = await ask('again', entered); } catch (away) { wrong.textContent = form.dataset.away; return; }
    if (answer.status === 429) { wrong.textContent = form.dataset.wait.replace('{0}', answer.headers.get('Retry-After')); return; }
    if (!answer.ok) { wrong.textContent = form.dataset.wrong; form.elements['lock-password'].focus(); return; }
    if (!(await answer.json()).stay) { location.assign('home.xhtml'); return; }
    acted = told = Date.now();
    if (draft) {
      if (await save() && await attach()) { draft.dataset.sent = 'yes'; location.reload(); } else { wrong.textContent = refused || (chooser && find('file-wrong').textContent) || form.dataset.away; }
      return;
    }
    await renew();
    dialog.close();
    delete document.documentElement.dataset.locked;
  });

  /* the session is new, so the forms of this page need new tokens; what was typed stays */
  async function renew() {
    const answer = await fetch(location.href, { headers: { 'Accept': 'text/html' } });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const name of ['jakarta.faces.ViewState', 'primefaces.nonce']) {
      const value = fresh.querySelector(`input[name="${name}"]`)?.value;
      if (value && name !== 'primefaces.nonce') { document.querySelectorAll(`input[name="${name}"]`).forEach(each => { each.value = value; }); }
    }
  }

  if (beside) {
    window.setInterval(live, 20_000);
    window.setInterval(idle, 5_000);
    document.addEventListener('visibilitychange', live);
  }

  /* --- forms ---------------------------------------------------------------------------------------- */
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

  /* choosing all rows of a list */
  document.addEventListener('change', event => {
    if (event.target.matches('[data-emr="all"]')) {
      event.target.closest('form').querySelectorAll('tbody input[type=checkbox]').forEach(box => { box.checked = event.target.checked; });
    }
  });

  /* on a narrow screen the rail lies across: the section that is shown must be in sight, and the page stays where it is */
  const section = document.querySelector('.rail a[aria-current]');
  const rail = section?.closest('.rail');
  if (rail && rail.scrollWidth > rail.clientWidth) {
    const [its, all] = [section.getBoundingClientRect(), rail.getBoundingClientRect()];
    rail.scrollLeft += its.left - all.left - (all.width - its.width) / 2;
  }

  /* after navigation a screen reader begins at the content, a sign-in at its first field */
  const arrived = () => {
    const first = find('first-error') || find('first') || (location.hash ? null : document.getElementById('main'));
    first?.focus({ preventScroll: first.id === 'main' });
  };
  if (document.readyState === 'loading') { document.addEventListener('DOMContentLoaded', arrived); } else { arrived(); }

  document.addEventListener('click', event => {
    document.querySelectorAll('details.menu[open]').forEach(menu => { if (!menu.contains(event.target)) { menu.open = false; } });
  });
})();
