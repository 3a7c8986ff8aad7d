// The form of a proposal, saved as it is typed. Without it the form is handed in whole by its button; with it the server
// still decides: what is stored, what others changed meanwhile, what lacks.
//   <form id="draft">       data-store: whose draft it is, on this device; the words it says are its other data attributes
//   [data-field="code"]     what holds one field of the form, with the controls named f-code
//   input[name=was]         digests of what the form was opened with, by field
//   [data-words="code"]     where the words of a text are counted; data-said: the sentence, with {count}
//   #meter, #state          what lacks; what became of the last save
//   template#left           how a text is shown that was kept here for a field that the form has no longer
// A field that is not stored yet stays in the storage of this device until the server has acknowledged it; one that the
// form has no longer stays until its writer says that it was copied.
const $$ = (query, root = document) => [...root.querySelectorAll(query)];
const $ = (query, root = document) => root.querySelector(query);
const form = $('#draft');
const words = form.dataset;
const place = `draft:${words.store}:`; // each window of this browser keeps its own
const store = place + (sessionStorage.draft ??= crypto.getRandomValues(new Uint32Array(2)).join(''));
const OLD_DAYS = 14, PAUSE = 1200, LONGEST_WAIT = 6000;

// ---- the fields of the form

const boxes = Object.fromEntries($$('[data-field]', form).map((box) => [box.dataset.field, box]));
const controls = (field) => $$('input,textarea,select', boxes[field]).filter((one) => one.name === `f-${field}`);
const valuesOf = (field) => controls(field)
  .filter((one) => !['checkbox', 'radio'].includes(one.type) || one.checked)
  .map((one) => one.value.replaceAll('\r\n', '\n'));
const put = (field, values) => {
  for (const one of controls(field)) {
    if (['checkbox', 'radio'].includes(one.type)) one.checked = values.includes(one.value);
    else one.value = values[0] ?? '';
  }
};
const same = (one, two) => JSON.stringify(one) === JSON.stringify(two);
const was = JSON.parse(form.elements.was.value);
const stored = Object.fromEntries(Object.keys(boxes).map((field) => [field, valuesOf(field)]));
const refused = {}; // by field: what the server did not take, so that it is not sent again and again
const clashing = new Set();
const unsent = () => Object.keys(boxes).filter((field) => !same(valuesOf(field), stored[field]));
const toSend = () => unsent().filter((field) => !clashing.has(field) && !same(refused[field], valuesOf(field)));

// ---- what this device keeps

const read = (key) => { try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; } };
const left = {}; // by field: what was kept for one that the form has no longer
const nameOf = (field) => $('legend,label', boxes[field])?.firstChild.textContent.trim() || field;
const chosen = (one) => (one.tagName === 'SELECT' ? [...one.selectedOptions] : [...one.labels]).map((it) => it.textContent.trim()).join(' ');
const readable = (field) => controls(field)
  .filter((one) => !['checkbox', 'radio'].includes(one.type) || one.checked)
  .map((one) => one.tagName === 'SELECT' || ['checkbox', 'radio'].includes(one.type) ? chosen(one) : one.value).join('\n');
const keep = () => {
  const fields = { ...left };
  for (const field of unsent()) fields[field] = { values: valuesOf(field), was: was[field] ?? '', name: nameOf(field), text: readable(field) };
  form.dataset.unsent = unsent().length;
  try {
    if (Object.keys(fields).length) localStorage.setItem(store, JSON.stringify({ at: Date.now(), fields, sending }));
    else localStorage.removeItem(store);
    return true;
  } catch { return false; } // a private window, or no room left: the form itself still holds it
};
for (const key of Object.keys(localStorage)) {
  if (key.startsWith('draft:') && Date.now() - (read(key).at ?? 0) > OLD_DAYS * 864e5) localStorage.removeItem(key);
}

// ---- what is said

const state = $('#state');
let told = '';
const tell = (text, mood = '') => {
  if (text !== told) { state.textContent = text; told = text; }
  state.dataset.mood = mood;
};
const sentence = (field, text) => {
  const box = boxes[field];
  let line = $('.wrong[data-live]', box);
  if (!text) { line?.remove(); return; }
  if (!line) {
    line = document.createElement('p');
    line.className = 'wrong';
    line.dataset.live = '';
    line.setAttribute('role', 'alert');
    box.append(line);
  }
  line.textContent = text;
};

// ---- sending

const token = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
let sending = null; // what was sent last and not acknowledged: the same again is the same message
let timer = 0, waitsSince = 0, pause = 3000, isSending = false;

const message = (fields) => {
  const body = new URLSearchParams(), opened = {};
  for (const field of fields) {
    for (const value of valuesOf(field)) body.append(`f-${field}`, value);
    opened[field] = was[field] ?? '';
  }
  body.set('was', JSON.stringify(opened));
  const said = body.toString();
  if (sending?.said !== said) sending = { said, token: token() };
  body.set('token', sending.token);
  body.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
  return body;
};

const post = async (body) => {
  let answer;
  try {
    answer = await fetch(form.action, { method: 'POST', body, headers: { 'X-In-Place': '1' }, redirect: 'manual', keepalive: document.visibilityState === 'hidden' });
  } catch { return null; }
  if (answer.type === 'opaqueredirect' || answer.status === 403) return { isOut: true };
  if (answer.status === 400 || answer.status === 413) return { refused: words.large };
  if (answer.status === 404) return { refused: words.gone };
  if (answer.status >= 500 || answer.status === 429 || !answer.headers.get('content-type')?.includes('json')) return null;
  return answer.json();
};

// Whoever signed in again in another window has another token; the page tells it, unless it is somebody else's by now.
const isBack = async () => {
  try {
    const answer = await fetch(form.action, { redirect: 'manual' });
    const page = $('#draft', new DOMParser().parseFromString(await answer.text(), 'text/html'));
    const token = page?.elements.csrfmiddlewaretoken.value;
    if (!answer.ok || page?.dataset.store !== words.store || token === undefined) return false;
    form.elements.csrfmiddlewaretoken.value = token;
    return true;
  } catch { return false; }
};

const took = (fields, sent, answer) => {
  const isTaken = (field) => !(field in answer.faults) && !(field in answer.clashes);
  for (const field of fields) {
    sentence(field, answer.faults[field]);
    if (field in answer.faults) refused[field] = sent[field];
    else delete refused[field];
    if (isTaken(field)) { stored[field] = sent[field]; was[field] = answer.was[field]; }
  }
  for (const [field, { values, was: digest }] of Object.entries(answer.news)) hear(field, values, digest);
  for (const [field, clash] of Object.entries(answer.clashes)) ask(field, clash);
  form.elements.was.value = JSON.stringify(was);
  $('#meter').innerHTML = answer.meter;
  if (answer.revision > +words.revision + 1 && words.look) look(); else words.revision = answer.revision;
};

// Others changed a field: it is shown, unless it is being written here.
const hear = (field, values, digest) => {
  if (!boxes[field] || !same(valuesOf(field), stored[field])) return;
  put(field, values);
  stored[field] = valuesOf(field);
  was[field] = digest;
};

const send = async () => {
  clearTimeout(timer);
  if (isSending) return;
  const fields = toSend();
  if (!fields.length) { waitsSince = 0; keep(); return; }
  isSending = true;
  const sent = Object.fromEntries(fields.map((field) => [field, valuesOf(field)]));
  keep();
  tell(words.saving);
  let answer = await post(message(fields));
  if (answer?.isOut && await isBack()) answer = await post(message(fields));
  isSending = false;
  if (!answer) {
    tell(keep() ? words.kept : words.unkept, 'warn');
    timer = setTimeout(send, pause);
    pause = Math.min(pause * 1.5, 30000);
    return;
  }
  if (answer.isOut) { keep(); tell(words.out, 'warn'); return; }
  [pause, waitsSince, sending] = [3000, 0, null];
  if (answer.refused) { keep(); tell(answer.refused, 'warn'); return; }
  took(fields, sent, answer);
  keep();
  tell(answer.said, answer.isWhole ? '' : 'warn');
  if (answer.shape !== words.shape && !unsent().length) { location.reload(); return; }
  if (toSend().length) later();
};

const later = () => {
  const now = Date.now();
  waitsSince ||= now;
  clearTimeout(timer);
  timer = setTimeout(send, Math.max(0, Math.min(PAUSE, waitsSince + LONGEST_WAIT - now)));
};

// ---- both changed the same: mine, theirs, or both

const ask = (field, { values, text, was: digest, can }) => {
  clashing.add(field);
  const box = boxes[field];
  $('.clash', box)?.remove();
  const panel = $('#clash').content.firstElementChild.cloneNode(true);
  $('[data-theirs]', panel).textContent = text;
  const settle = (mine) => {
    panel.remove();
    clashing.delete(field);
    was[field] = digest;
    stored[field] = values;
    put(field, mine);
    count(field);
    controls(field)[0]?.focus();
    later();
  };
  const buttons = { mine: () => valuesOf(field), theirs: () => values, both: () => [`${(values[0] ?? '').trimEnd()}\n\n${valuesOf(field)[0] ?? ''}`] };
  for (const [name, made] of Object.entries(buttons)) {
    const button = $(`[data-keep-${name}]`, panel);
    if (name === 'both' && !can.both) button.remove(); else button.addEventListener('click', () => settle(made()));
  }
  box.append(panel);
};

// ---- words, counted as the server does

const SIGNS = '\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u3040-\\u30ff';
const WORD = new RegExp(`[${SIGNS}]|[^\\s${SIGNS}]*[\\p{L}\\p{N}][^\\s${SIGNS}]*`, 'gu');
const count = (field) => {
  const line = $(`[data-words="${field}"]`, form);
  if (!line) return;
  const number = (valuesOf(field)[0] ?? '').match(WORD)?.length ?? 0;
  line.textContent = line.dataset.said.replace('{count}', number);
  line.classList.toggle('wrong', number > +line.dataset.most);
};

// ---- what happens

const changed = (event) => {
  const field = event.target.closest('[data-field]')?.dataset.field;
  if (!field) return;
  count(field);
  keep();
  later();
};
form.addEventListener('input', changed);
form.addEventListener('change', changed);
addEventListener('online', () => { pause = 3000; send(); });
addEventListener('offline', () => { if (unsent().length) tell(keep() ? words.kept : words.unkept, 'warn'); });
addEventListener('pagehide', keep);
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden' || toSend().length) send(); });
addEventListener('focus', () => { if (toSend().length) send(); });

// The button hands in everything at once; where nobody can be reached that page would be lost.
form.addEventListener('submit', (event) => {
  keep();
  if (navigator.onLine) return;
  event.preventDefault();
  tell(words.kept, 'warn');
});

// What was kept here before, by this person for this draft, comes back into the form and is sent. What a window kept that
// is gone is taken over; one that is still there sends the same once more, which changes nothing.
const before = Object.keys(localStorage).filter((key) => key.startsWith(place)).sort((one, two) => (read(one).at ?? 0) - (read(two).at ?? 0));
for (const key of before) {
  const back = read(key);
  for (const [field, { values, was: digest }] of Object.entries(back.fields ?? {})) {
    if (!boxes[field]) { if (values.join('').trim()) left[field] = back.fields[field]; continue; }
    if (same(valuesOf(field), values)) continue;
    put(field, values);
    if (same(valuesOf(field), values)) was[field] = digest;
    else { left[field] = back.fields[field]; put(field, stored[field]); } // what was chosen is offered no longer
  }
  sending = back.sending ?? sending;
}
for (const [field, { values, name, text }] of Object.entries(left)) {
  const panel = $('#left').content.firstElementChild.cloneNode(true);
  $('[data-left-name]', panel).textContent = name ?? field;
  $('textarea', panel).value = text ?? values.join('\n');
  $('textarea', panel).setAttribute('aria-label', name ?? field);
  $('button', panel).addEventListener('click', () => { delete left[field]; panel.remove(); keep(); });
  form.prepend(panel);
}
for (const field of Object.keys(boxes)) count(field);
if (keep()) for (const key of before) if (key !== store) localStorage.removeItem(key);
if (unsent().length) { tell(words.back, 'warn'); send(); }

// Others who may write here are heard every few seconds.
const look = async () => {
  if (document.visibilityState !== 'visible') return;
  const answer = await fetch(`${words.look}?since=${words.revision}`, { redirect: 'manual' }).catch(() => null);
  if (!answer?.ok || answer.status === 204) return;
  const { revision, said, fields } = await answer.json();
  words.revision = revision;
  for (const [field, { values, was: digest }] of Object.entries(fields)) if (digest !== was[field]) hear(field, values, digest);
  form.elements.was.value = JSON.stringify(was);
  for (const field of Object.keys(boxes)) count(field);
  if (said) tell(said, 'warn');
};
if (words.look) setInterval(look, 10000);
document.documentElement.classList.add('saves');
