// Corrects a list of parts in place. Every change is a form that the server also takes without this script; its answer is
// the whole page, from which the sections marked data-live take the place of those shown.
//   <a data-part href>       a part: Enter opens its form (the element #part of that page) below it, arrows go on,
//                            Alt+arrows, Delete and Insert change it through the form #act
//   <form data-inplace>      is handed in without leaving the page; data-key="z" makes Ctrl+Z press it
//   <a data-adds href>       opens the form of a new part in place; <a data-leaves> closes a form
//   #said                    says what was done; data-elsewhere and data-offline are its other sentences
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
const show = (page, id, undone = false) => {
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
  focus(placeOf(id));
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
  first?.select?.();
};

const openAt = (address, id) => inTurn(async () => {
  const { page } = await ask(address);
  const form = $('#part', page);
  if (form) { close(); open(form, id); } else show(page, id);
});

const hand = (form, submitter) => {
  const id = form.dataset.at ?? form.closest('[id^="at-"], .ask')?.id ?? 'h-a';
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

const KEYS = { ArrowUp: (part) => go(part, -1), ArrowDown: (part) => go(part, 1), Delete: (part) => act(part, 'remove') };
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
  const kind = part.closest('li.item, li.block li') ? 'item' : part.closest('li.block') ? 'block' : 'day';
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
  const typing = event.target.matches?.('input, textarea, select');
  const pressed = (event.ctrlKey || event.metaKey) && !event.altKey && !typing && $(`#work form[data-key="${event.shiftKey && event.key.toLowerCase() === 'z' ? 'y' : event.key.toLowerCase()}"]`);
  if (pressed) { event.preventDefault(); return pressed.querySelector('button').disabled || hand(pressed); }
  const part = event.target.closest?.('#work [data-part]');
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

// Another window may have changed the draft: look when this one is looked at again, unless something is being typed.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible' || editor()) return;
  inTurn(async () => {
    const { page } = await ask(location.href.split('#')[0]);
    const [fresh, shown] = [$('#work', page), $('#work')];
    if (!fresh || fresh.dataset.version === shown.dataset.version) return;
    const part = document.activeElement?.closest?.('#work [data-part]');
    show(page, part ? idOf(part) : '');
    say(said.dataset.elsewhere);
  });
});
