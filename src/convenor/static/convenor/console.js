// The consoles of the chair and the secretariat: buttons in place, keys, and hands that wait while there is no connection.
// Without it every button is a plain form; with it the server's answer still wins.
//   <form data-console>  is sent in place; data-words: its fields are emptied when it was entered; data-once: it goes then
//   data-queued          what it holds names no state of the meeting, and is kept on this device until it can be sent
//   <button data-hot="n"> is pressed by a key, unless a field has the focus or the keys are switched off
const $$ = (query, root = document) => [...root.querySelectorAll(query)];
const $ = (query, root = document) => root.querySelector(query);
const page = $('#floor-page');
const words = page.dataset;
const store = `console:${location.pathname}`;
const news = $('#console-news'), keptLine = $('#console-kept');

const tell = (text, isBad) => {
  const line = document.createElement('p');
  line.className = `notice small ${isBad ? 'bad' : 'good'}`;
  line.textContent = text;
  news.replaceChildren(...(text ? [line] : []));
};

// ---- sending: a message has a token, by which the server knows it again

const token = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
class Unsent extends Error {}

const send = async (address, fields) => {
  const body = new URLSearchParams(fields);
  const csrf = $('input[name=csrfmiddlewaretoken]')?.value;
  if (csrf) body.set('csrfmiddlewaretoken', csrf);
  let answer;
  try {
    answer = await fetch(address, { method: 'POST', body, headers: { 'X-In-Place': '1' }, redirect: 'manual' });
  } catch { throw new Unsent(); }
  if (answer.status >= 500) throw new Unsent();
  if (answer.type === 'opaqueredirect' || !answer.headers.get('content-type')?.includes('json')) { location.reload(); throw new Unsent(); }
  return { ...(await answer.json()), isBad: answer.status !== 200 };
};

const shown = ({ said, isBad, news: fresh, parts }) => {
  dispatchEvent(new CustomEvent('convenor-news', { detail: fresh }));
  for (const [id, html] of Object.entries(parts)) document.getElementById(id)?.insertAdjacentHTML('beforeend', html);
  tell(said, isBad);
};

// ---- what waits for a connection; it stays on this device until the server has it

const kept = () => JSON.parse(localStorage.getItem(store) ?? '[]');
const keep = (messages) => {
  if (messages.length) localStorage.setItem(store, JSON.stringify(messages)); else localStorage.removeItem(store);
  keptLine.hidden = !messages.length;
  const text = words.kept.replace('{count}', messages.length);
  if (messages.length && keptLine.textContent !== text) keptLine.textContent = text;
};

let isCatching = false, timer = 0;
const catchUp = async () => {
  clearTimeout(timer);
  if (isCatching) return;
  isCatching = true;
  const refused = [];
  let sent = 0;
  try {
    for (let first = kept()[0]; first; first = kept()[0]) {
      const ago = Math.max(0, Math.round((Date.now() - (first.since ?? Date.now())) / 1000));
      const answer = await send(first.address, [...first.fields, ['ago', ago]]);
      keep(kept().filter((one) => one.id !== first.id));
      sent += 1;
      shown({ ...answer, said: '' });
      if (answer.isBad) refused.push(`${answer.said} ${words.lost.replace('{what}', first.what)}`);
    }
    if (sent) tell(refused.length ? refused.join(' ') : words.sent, refused.length);
  } catch (error) {
    if (!(error instanceof Unsent)) throw error;
    if (refused.length) tell(refused.join(' '), true);
    timer = setTimeout(catchUp, 3000);
  } finally { isCatching = false; }
};

// ---- forms in place

const sending = new WeakSet();
const tokens = new WeakMap(); // of messages that were not sent: the next try is the same message

const fieldsOf = (form, submitter) => {
  const fields = [...new FormData(form)].filter(([name]) => name !== 'csrfmiddlewaretoken' && name !== 'token');
  if (submitter?.name) fields.push([submitter.name, submitter.value]);
  const mark = $('#steer input[name=expected]')?.value; // what stands on the page now is what was seen
  for (const field of fields) if (field[0] === 'expected' && mark) field[1] = mark;
  return fields;
};

const done = (form) => {
  tokens.delete(form);
  if ('once' in form.dataset) { form.remove(); $('#names')?.focus(); }
  else if ('words' in form.dataset) {
    for (const field of $$('input:not([type=radio],[type=hidden],[type=checkbox]),textarea', form)) field.value = '';
    for (const choice of $$('select', form)) choice.selectedIndex = 0; // else the next decision would be about the last one's matter
    if (form.contains(document.activeElement) && document.activeElement.matches('button')) $('input:not([type=hidden]),textarea', form)?.focus();
  }
};

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches('form[data-console]')) return;
  event.preventDefault();
  if (sending.has(form)) return;
  sending.add(form);
  const fields = fieldsOf(form, event.submitter), same = JSON.stringify(fields);
  if (tokens.get(form)?.same !== same) tokens.set(form, { same, token: token() });
  fields.push(['token', tokens.get(form).token]);
  const isQueued = 'queued' in form.dataset;
  try {
    if (isQueued && kept().length) throw new Unsent(); // in their order
    const answer = await send(form.action, fields);
    shown(answer);
    if (!answer.isBad) done(form); else tokens.delete(form);
  } catch (error) {
    if (!(error instanceof Unsent)) throw error;
    if (isQueued) {
      const what = fields.filter(([name]) => ['names', 'name'].includes(name)).map(([, value]) => value).join(', ') || event.submitter?.textContent.trim();
      keep([...kept(), { id: token(), since: Date.now(), address: form.action, fields, what }]);
      tell('', false);
      done(form);
      catchUp();
    } else tell(words.unsent, true);
  } finally { sending.delete(form); }
});
addEventListener('online', catchUp);

// ---- keys

const switched = $('#keys');
const areOn = () => switched.getAttribute('aria-pressed') === 'true';
if (switched) {
  switched.hidden = false;
  const key = 'console-keys';
  switched.setAttribute('aria-pressed', localStorage.getItem(key) ?? 'true');
  const draw = () => document.documentElement.classList.toggle('no-keys', !areOn());
  switched.addEventListener('click', () => {
    switched.setAttribute('aria-pressed', String(!areOn()));
    localStorage.setItem(key, switched.getAttribute('aria-pressed'));
    draw();
  });
  draw();
}
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented || !areOn()) return;
  if (event.target.closest('input:not([type=checkbox]),select,textarea,dialog,[contenteditable]')) return;
  const key = event.key.toLowerCase();
  if (!/^[a-z]$/.test(key)) return;
  const button = $(`[data-hot="${key}"]:not([disabled])`);
  if (button) { event.preventDefault(); button.form.requestSubmit(button); return; }
  const raised = key === 'o' ? $('#raised') : null;
  if (raised) { event.preventDefault(); raised.open = true; $('input[name=name]', raised).focus(); }
});

keep(kept());
catchUp();
