// The pages of a floor: clocks that go on between changes, what is the reader's own, forms in place. Without it everything works
// with a reload; with it the server's answer still wins.
//   <p data-ends="MOMENT"> time left · <p data-from="MOMENT"> time used · <div data-count="MOMENT" data-seconds data-counts> a slow count
//   <p data-clock="ZONE"> the time of day · [data-of="MARK"] somebody's, [data-me="MARK"] the reader
const $$ = (query, root = document) => [...root.querySelectorAll(query)];
const page = document.getElementById('floor-page');
const said = () => document.getElementById('floor-news');

// ---- the server's time: the least delayed of some answers tells how far this device's clock is off

const loaded = performance.getEntriesByType('navigation')[0];
const rendered = performance.timeOrigin + (loaded ? (loaded.requestStart + loaded.responseStart) / 2 : performance.now());
let skew = Date.parse(page.dataset.at) - rendered, delay = Infinity;
const now = () => Date.now() + skew;

const setClock = async () => {
  const sent = Date.now();
  const answer = await fetch(page.dataset.now, { cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return;
  const took = Date.now() - sent, server = (await answer.json()).now;
  if (took < delay) { delay = took; skew = server - (sent + took / 2); tick(); }
};
const setClocks = async () => { delay = Infinity; for (let time = 0; time < 3; time += 1) await setClock(); };

// ---- drawing what only depends on the time

const asClock = (seconds) => {
  const size = Math.abs(seconds);
  return `${seconds < 0 ? '+' : ''}${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')}`;
};
const put = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };

const tick = () => {
  const at = now();
  for (const timer of $$('[data-ends]')) {
    const left = Math.ceil((Date.parse(timer.dataset.ends) - at) / 1000);
    put(timer.querySelector('bdi') ?? timer, asClock(left));
    timer.classList.toggle('over', left < 0);
    timer.classList.toggle('soon', left >= 0 && left <= 30);
    const bar = timer.closest('section')?.querySelector('progress');
    if (bar) bar.value = Math.min(bar.max, bar.max - left);
  }
  for (const timer of $$('[data-from]')) put(timer.querySelector('bdi') ?? timer, asClock(Math.max(0, Math.floor((at - Date.parse(timer.dataset.from)) / 1000))));
  for (const count of $$('[data-count]')) {
    const { count: began, seconds, counts } = count.dataset;
    const counted = Math.max(0, Math.min(+counts, Math.floor((at - Date.parse(began)) / 1000 / seconds)));
    put(count.querySelector('[data-counted]'), String(counted));
    $$('.count i', count).forEach((step, number) => step.classList.toggle('on', number < counted));
  }
  for (const clock of $$('[data-clock]')) put(clock, new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: clock.dataset.clock }));
};

// ---- what is the reader's own: marked here, and asked for anew when it may have changed

let key = '', asking = 0;
const marks = () => new Set($$('[data-me]').map((one) => one.dataset.me));
const own = () => { const mine = marks(); return $$('[data-of]').filter((one) => mine.has(one.dataset.of)); };
const stands = () => `${document.querySelector('[data-key]')?.dataset.key}|${own().map((one) => `${one.id}${one.className.replace('me', '')}${one.querySelector('.num-l, :scope > span')?.textContent}${one.querySelector('.why')?.textContent ?? ''}`).join('|')}`;
const mark = () => { for (const one of own()) if (one.matches('li')) one.classList.add('me'); };

const place = (parts) => {
  const focused = document.activeElement, name = focused?.name, value = focused?.value, within = focused?.closest('#floor-mine, #floor-answer')?.id;
  for (const [id, html] of Object.entries(parts)) {
    const part = document.getElementById(id);
    if (!part) continue;
    part.innerHTML = html;
  }
  if (within && !focused.isConnected) {
    const again = $$(`#${within} button`).find((one) => one.name === name && one.value === value) ?? document.querySelector(`#${within} button, #${within} summary`);
    again?.focus({ preventScroll: true });
  }
  mark();
  key = stands();
};

const isBusy = () => Boolean(document.querySelector('#floor-mine details[open]')); // somebody is choosing: what they chose stays

const ask = async () => {
  const answer = await fetch(page.dataset.mine, { headers: { 'X-In-Place': '1' }, cache: 'no-store' }).catch(() => null);
  if (answer?.ok && !isBusy()) place((await answer.json()).parts);
};

const look = () => {
  mark();
  if (!page.dataset.mine || stands() === key || isBusy()) return;
  const isMine = stands().split('|').slice(1).join() !== key.split('|').slice(1).join();
  key = stands();
  clearTimeout(asking);
  asking = setTimeout(ask, isMine ? 50 : Math.random() * 1000); // an item that changes brings everybody at once
};

// ---- forms in place

const sending = new WeakSet();
let fading = 0;
const tell = (words, isBad) => {
  const line = said();
  if (!line) return;
  const notice = document.createElement('p');
  notice.className = isBad ? 'notice bad small' : 'notice good small';
  notice.textContent = words;
  line.replaceChildren(notice);
  clearTimeout(fading);
  if (!isBad) fading = setTimeout(() => line.replaceChildren(), 8000);
};

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches('form[data-floor]')) return;
  event.preventDefault();
  if (sending.has(form)) return;
  sending.add(form);
  const body = new FormData(form);
  if (event.submitter?.name) body.append(event.submitter.name, event.submitter.value);
  try {
    const answer = await fetch(form.action, { method: 'POST', body, headers: { 'X-In-Place': '1' }, redirect: 'manual' });
    if (answer.type === 'opaqueredirect' || answer.status === 403) { location.reload(); return; }
    if (answer.status >= 500) throw new Error(answer.status);
    const news = await answer.json();
    place(news.parts);
    if (news.said) tell(news.said, answer.status !== 200);
  } catch {
    tell(page.dataset.unsent, true);
  } finally {
    sending.delete(form);
  }
});

// ---- a screen in the room has nobody who would reload it

if ('reloads' in page.dataset) {
  const line = document.querySelector('[data-follows]');
  new MutationObserver(() => { if (line.dataset.state === 'closed') setTimeout(() => location.reload(), 5000); })
    .observe(line, { attributes: true, attributeFilter: ['data-state'] });
}

if (page.dataset.mine) {
  for (const part of $$('[data-live]')) new MutationObserver(look).observe(part, { childList: true, subtree: true, characterData: true });
  document.addEventListener('toggle', () => { if (!isBusy()) look(); }, true);
  mark();
  key = stands();
}
setInterval(tick, 250);
// What comes from the server says the time at which it was written: it is drawn anew before anybody sees it.
for (const part of $$('[data-live]')) new MutationObserver(tick).observe(part, { childList: true, subtree: true, characterData: true });
setClocks();
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') setClocks(); });
