// Corrects a list of parts in place. Every change is a form that the server also takes without this script; its answer is
// the whole page, from which the sections marked data-live take the place of those shown.
//   <a data-part href>       a part: Enter opens its form (the element #part of that page) below it, arrows go on,
//                            Alt+arrows, Delete and Insert change it through the form #act
//   <form data-inplace>      is handed in without leaving the page; data-key="z" makes Ctrl+Z press it
//   <a data-adds href>       opens the form of a new part in place; <a data-leaves> closes a form
//   [data-kind]              a day, block or item, that can be dragged by its .grip and dropped at another of its like
//   #said                    says what was done; data-elsewhere, data-unseen and data-offline are its other sentences
//   #work[data-latest]       where the version of an agenda is asked that others may change too; data-others: what they did
const $ = (query, root = document) => root.querySelector(query);
const $$ = (query, root = document) => [...root.querySelectorAll(query)];
const said = $('#said');
const say = (words) => { said.textContent = words; };
const idOf = (part) => part.closest('[id^="at-"]').id;
const partOf = (id) => { const place = document.getElementById(id); return place?.matches('[data-part]') ? place : place && $('[data-part]', place); };
// Where to go on: the part, the question that took the place of the one answered, or what stands at the top.
const placeOf = (id) => partOf(id) ?? document.getElementById(id) ?? (id.startsWith('w') ? $('#asked .ask:last-child') ?? $('#h-q') : null) ?? $('#h-a');
const editor = () => $('#work #part');
let queue = Promise.resolve();

// One request after the other: each sees what the one before it changed. Without connection the rest is left out.
const OFFLINE = Symbol('offline');
const inTurn = (work) => {
  const done = queue.then(work).catch((error) => { if (error !== OFFLINE) throw error; });
  queue = done.catch(() => {});
  return done;
};

const ask = async (address, options = {}) => {
  const answer = await fetch(address, { headers: { accept: 'text/html' }, ...options }).catch(() => null);
  if (!answer) { say(said.dataset.offline); throw OFFLINE; }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return { page, at: new URL(answer.url).searchParams.get('at') };
};

const focus = (element) => { element?.focus(); element?.scrollIntoView({ block: 'nearest' }); };

// Take over what the server sent; a notice at the top of its page is said and shown at the top of ours.
const show = (page, id, undone = false, focuses = true) => {
  const [source, open] = [$('.source'), $$('[data-live] details[open]').map((one) => one.id)];
  const scroll = source?.scrollTop;
  for (const fresh of $$('[data-live]', page)) document.getElementById(fresh.id)?.replaceWith(fresh);
  for (const name of open) if (name) document.getElementById(name)?.setAttribute('open', '');
  if (scroll) $('.source').scrollTop = scroll;
  for (const old of $$('main > .notice')) old.remove();
  const notices = $$('main > .notice', page);
  $('main').prepend(...notices);
  const work = $('#work');
  if (!notices.length) say((undone ? work.dataset.undone : work.dataset.last) ?? '');
  if (focuses) focus(placeOf(id));
};

const close = () => {
  const form = editor();
  if (!form) return;
  const line = partOf(form.dataset.at);
  form.remove();
  focus(line);
};

// Put the form of a part below its line, or instead of the one that is open.
const open = (form, id) => {
  const before = editor();
  const line = partOf(id);
  form.dataset.at = id;
  if (before) before.replaceWith(form);
  else (line.closest('h3, p') ?? line).after(form);
  const wrong = $('[aria-invalid=true]', form);
  const first = wrong ?? form.elements['part-title'] ?? $('textarea, input:not([type=hidden]), select', form);
  focus(first);
  if (!before) first?.select?.();  // what was refused is not typed over
};

const openAt = (address, id) => inTurn(async () => {
  const { page } = await ask(address);
  const form = $('#part', page);
  if (form) { close(); open(form, id); } else show(page, id);
});

const hand = (form, submitter, from) => {
  const id = from ?? form.dataset.at ?? form.closest('[id^="at-"], .ask')?.id ?? 'h-a';
  return inTurn(async () => {
    const body = new FormData(form);
    if (submitter?.name) body.append(submitter.name, submitter.value);
    if (form.id === 'part') form.inert = true;
    try {
      const { page, at } = await ask(form.getAttribute('action'), { method: 'POST', body });
      const again = $('#part', page);
      if (again) open(again, id);
      else show(page, at ?? id, form.dataset.key === 'z');
    } finally {
      form.inert = false;
    }
  });
};

// What Alt+arrow, Delete and the like do goes through one hidden form, which holds the version that was seen.
const act = (part, step) => {
  const [address, id] = [part.href, idOf(part)];
  inTurn(async () => {
    const form = $('#act');
    form.elements.do.value = step;
    const { page, at } = await ask(address, { method: 'POST', body: new FormData(form) });
    show(page, at ?? id);
  });
};

const go = (part, way) => {
  const parts = $$('#work [data-part]');
  focus(parts[parts.indexOf(part) + way]);
};

const lineUp = (part) => { if (part.closest('[data-kind=item]') && $('#work').dataset.latest) openAt(`${part.href}line-up/`, idOf(part)); };
const moveTo = (part) => { if (part.closest('[data-kind=item]') && $('#work').dataset.latest) location.assign(`${part.href}move/#here`); };
const KEYS = { l: lineUp, m: moveTo, ArrowUp: (part) => go(part, -1), ArrowDown: (part) => go(part, 1), Delete: (part) => act(part, 'remove') };
const steps = () => (document.dir === 'rtl'
  ? { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'in', ArrowRight: 'out' }
  : { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' });

const onPart = (event, part) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.altKey && steps()[event.key]) act(part, steps()[event.key]);
  else if (!event.altKey && KEYS[event.key]) KEYS[event.key](part);
  else if (event.key === 'Insert') add(part);
  else if (event.key === 'F2') openAt(part.href, idOf(part));
  else return;
  event.preventDefault();
};

const add = (part) => {
  const kind = part.closest('[data-kind]')?.dataset.kind ?? 'day';
  openAt(`${part.href}add/${kind}/`, idOf(part));
};

const onField = (event, form) => {
  const area = event.target.matches('textarea');
  if (event.key === 'Escape') close();
  else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && area && $('[value=split]', form)) {
    event.target.setRangeText('\n');
    hand(form, $('[value=split]', form));
  } else if (event.key === 'Enter' && area && !event.shiftKey && event.target.rows < 3) form.requestSubmit($('button', form));
  else return;
  event.preventDefault();
};

document.addEventListener('keydown', (event) => {
  const form = event.target.closest?.('#work #part');
  if (form) return onField(event, form);
  const part = event.target.closest?.('#work [data-part]');
  const typing = event.target.matches?.('input, textarea, select');
  const pressed = (event.ctrlKey || event.metaKey) && !event.altKey && !typing && $(`#work form[data-key="${event.shiftKey && event.key.toLowerCase() === 'z' ? 'y' : event.key.toLowerCase()}"]`);
  if (pressed) { event.preventDefault(); return pressed.querySelector('button').disabled || hand(pressed, null, part && idOf(part)); }
  if (part) onPart(event, part);
});

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest?.('#work [data-part], #work [data-adds], #work [data-leaves]');
  if (!link) return;
  event.preventDefault();
  if (link.matches('[data-leaves]')) close();
  else openAt(link.href, link.matches('[data-part]') ? idOf(link) : editor()?.dataset.at ?? 'at-all');
});

document.addEventListener('submit', (event) => {
  if (!event.target.matches('[data-inplace]')) return;
  event.preventDefault();
  hand(event.target, event.submitter);
});

// ---- drag: the server says what dropping there would do, and does it; all of it can be done with keys too

const KINDS = { day: ['day'], block: ['block', 'day'], item: ['item', 'block'] };
const verdict = document.createElement('p');
verdict.className = 'verdict small';
verdict.ariaHidden = 'true';
let drag = null;

// What a part can be dropped at: what lies under the pointer, or stands around it, of a fitting kind.
const targetAt = (x, y) => {
  for (let at = document.elementFromPoint(x, y)?.closest?.('#work [data-kind]'); at; at = at.parentElement.closest('#work [data-kind]')) {
    if (drag.part.contains(at) && at !== drag.part) continue;
    if (KINDS[drag.part.dataset.kind].includes(at.dataset.kind)) return at;
    if (drag.part.dataset.kind === 'day') break;
  }
  return null;
};

const sideOf = (target, y) => {
  if (target.dataset.kind !== drag.part.dataset.kind) return 'in';
  const { top, height } = target.getBoundingClientRect();
  return y < top + height / 2 ? 'before' : 'after';
};

const unmark = () => { for (const one of $$('[data-drop]')) delete one.dataset.drop; };

const dropAddress = () => `${$('[data-part]', drag.part).href}drop/`;

const ask_verdict = async (wanted) => {
  const answer = await fetch(`${dropAddress()}?${new URLSearchParams(wanted)}`).catch(() => null);
  if (!drag || drag.to !== wanted.to || drag.side !== wanted.side) return;
  drag.refused = answer?.status !== 200;
  verdict.textContent = answer ? await answer.text() : said.dataset.offline;
  verdict.classList.toggle('late', drag.refused);
};

const dragTo = (x, y) => {
  verdict.style.setProperty('inset-block-start', `${Math.min(y + 16, innerHeight - 80)}px`);
  const edge = 48;
  if (y < edge) scrollBy(0, -12);
  if (y > innerHeight - edge) scrollBy(0, 12);
  const target = targetAt(x, y);
  const [to, side] = target ? [target.id.slice(3), sideOf(target, y)] : ['', ''];
  if (to === drag.to && side === drag.side) return;
  Object.assign(drag, { to, side, refused: false });
  clearTimeout(drag.timer);
  unmark();
  verdict.textContent = '';
  if (!target || target === drag.part) { drag.to = ''; return; }
  target.dataset.drop = side;
  drag.timer = setTimeout(() => ask_verdict({ to, side }), 120);
};

const dragEnd = (drops) => {
  if (!drag) return;
  const { part, to, side, refused } = drag;
  const address = dropAddress();
  clearTimeout(drag.timer);
  part.classList.remove('dragged');
  verdict.remove();
  unmark();
  drag = null;
  if (!drops || !to || refused) return;
  inTurn(async () => {
    const body = new FormData($('#act'));
    body.append('to', to);
    body.append('side', side);
    const { page, at } = await ask(address, { method: 'POST', body });
    show(page, at ?? part.id);
  });
};

document.addEventListener('pointerdown', (event) => {
  const grip = event.target.closest?.('#work .grip');
  if (!grip || event.button) return;
  event.preventDefault();
  close();
  drag = { part: grip.closest('[data-kind]'), to: '', side: '', refused: false, timer: 0 };
  drag.part.classList.add('dragged');
  document.body.append(verdict);
  verdict.textContent = '';
});
document.addEventListener('pointermove', (event) => { if (drag) dragTo(event.clientX, event.clientY); });
document.addEventListener('pointerup', () => dragEnd(true));
document.addEventListener('pointercancel', () => dragEnd(false));
document.addEventListener('keydown', (event) => { if (drag && event.key === 'Escape') dragEnd(false); });
document.documentElement.classList.add('drags');

// ---- others: another window may have changed the agenda, or another person

// What is being typed stays; that there is news is said, and shown once the form is closed.
const refresh = () => inTurn(async () => {
  const { page } = await ask(location.href.split('#')[0]);
  const [fresh, shown] = [$('#work', page), $('#work')];
  if (!fresh || fresh.dataset.version === shown.dataset.version) return;
  const others = fresh.dataset.others !== shown.dataset.others ? fresh.dataset.others : '';
  if (editor() || drag) {
    if (told === fresh.dataset.version) return;
    told = fresh.dataset.version;
    warn([others || said.dataset.elsewhere, said.dataset.unseen].join(' '));
    return;
  }
  const part = document.activeElement?.closest?.('#work [data-part]');
  const [had, scroll] = [document.activeElement !== document.body, scrollY];
  show(page, part ? idOf(part) : '', false, had && part);
  scrollTo(0, scroll);
  say(others || said.dataset.elsewhere);
});
let told = '';

const warn = (words) => {
  say(words);
  const notice = document.createElement('p');
  notice.className = 'notice warn';
  notice.textContent = words;
  for (const old of $$('#work > .notice.warn')) old.remove();
  editor()?.before(notice);
};

const look = async () => {
  const { latest, version } = $('#work').dataset;
  if (document.visibilityState !== 'visible' || !latest) return;
  const answer = await fetch(latest).catch(() => null);
  if (answer?.ok && (await answer.text()) !== version) refresh();
};

if ($('#work')?.dataset.latest) setInterval(look, 3000);
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible' && !editor()) refresh(); });
