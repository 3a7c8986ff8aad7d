// Follows what changes. The server numbers changes and renders each once for all who see the same; here it takes its place.
//   <p data-follows="LIVE ADDRESS" data-at="41" data-stream="/live/">   says how things stand (see parts/live.html)
//   <div id="x" data-live="LIVE ADDRESS">…</div>                        what is in it is kept up to date; focus, open
//                                                                       details, what is typed and the scroll stay
// All windows of a browser share one stream: the one that holds a lock has it and hands on what comes. Where there are
// no locks (a site without https) each window has its own. Where no stream comes through, the address is asked again.
const $$ = (query, root = document) => [...root.querySelectorAll(query)];
const FIRST = 5000, SILENCE = 40000, NO_STREAM = 60000; // milliseconds: to the first event, between events, without trying
const lines = $$('[data-follows]');
const seen = new Map(lines.map((line) => [line.dataset.follows, +line.dataset.at]));
const stream = lines[0]?.dataset.stream;

// ---- showing: change what differs, and nothing else

const keyOf = (node) => (node.nodeType === 1 && node.id) || '';
const fits = (old, fresh) => old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && keyOf(old) === keyOf(fresh);

const attributes = (old, fresh) => {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value && name !== 'open') old.setAttribute(name, value);
};

const children = (old, fresh) => {
  const known = new Map([...old.children].filter(keyOf).map((child) => [child.id, child]));
  let here = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    let found = known.get(keyOf(child)) ?? null;
    if (found && !fits(found, child)) found = null;
    if (!found && !keyOf(child)) {
      let next = here;
      while (next && !fits(next, child)) next = keyOf(next) ? null : next.nextSibling;
      found = next;
    }
    if (!found) { old.insertBefore(child, here); continue; }
    while (here && here !== found && !keyOf(here)) { const gone = here; here = here.nextSibling; gone.remove(); }
    if (found === here) here = here.nextSibling;
    else old.insertBefore(found, here);
    known.delete(keyOf(found));
    morph(found, child);
  }
  while (here) { const gone = here; here = here.nextSibling; gone.remove(); }
};

const morph = (old, fresh) => {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType === 1) { attributes(old, fresh); children(old, fresh); } else old.data = fresh.data;
};

const put = (part, content) => {
  const fresh = part.cloneNode(false);
  fresh.innerHTML = content;
  const token = document.querySelector('input[name=csrfmiddlewaretoken]');
  for (const form of token ? $$('form[method=post]', fresh) : []) if (!form.elements.csrfmiddlewaretoken) form.prepend(token.cloneNode());
  const focus = document.activeElement;
  const anchor = CSS.supports('overflow-anchor', 'auto') ? null : $$('[id]', part).find((one) => one.getBoundingClientRect().top >= 0);
  const top = anchor?.getBoundingClientRect().top;
  children(part, fresh);
  if (anchor?.isConnected) scrollBy(0, anchor.getBoundingClientRect().top - top);
  if (focus === document.activeElement) return;
  if (!focus.isConnected) part.tabIndex = -1; // what had the focus is gone: go on where it was
  (focus.isConnected ? focus : part).focus({ preventScroll: true });
};

const take = ({ on, at, since, back, parts }) => {
  const mine = seen.get(on);
  if (mine === undefined || (at <= mine && !back)) return;
  if (since > mine && !back) { want(); return; } // something was missed: ask from what is shown
  seen.set(on, at);
  for (const part of $$('[data-live]')) if (part.dataset.live === on && part.id in parts) put(part, parts[part.id]);
};

// ---- saying how things stand

let late = 0;
const say = (line, state, words) => {
  if (line.dataset.state === 'closed') return;
  line.dataset.state = state;
  line.setAttribute('aria-live', state === 'off' || state === 'closed' ? 'polite' : 'off');
  const said = line.querySelector('[data-said]');
  if (said.textContent !== words) said.textContent = words;
};

const stand = ({ state, time }) => {
  clearTimeout(late);
  const tell = () => { for (const line of lines) say(line, state, line.dataset[state].replace('{time}', time)); };
  if (state === 'behind') late = setTimeout(tell, 1500); else tell(); // a moment's trouble is not worth a word
};

const close = ({ on, status }) => {
  seen.delete(on);
  for (const line of lines) if (line.dataset.follows === on) say(line, 'closed', status === 409 ? line.dataset.other : line.dataset.closed);
};

// ---- between windows

const shared = 'locks' in navigator && 'BroadcastChannel' in window ? new BroadcastChannel('convenor-live') : null;
const everywhere = (what, news) => { what(news); shared?.postMessage({ [what.name]: news }); };
let leads = false, heard = Date.now() - 40000;
const want = () => { if (leads) wanted(seen); else shared?.postMessage({ want: [...seen] }); };

if (shared) shared.onmessage = ({ data }) => {
  if (!data.want) heard = Date.now();
  if (data.take) take(data.take);
  else if (data.stand) stand(data.stand);
  else if (data.close) close(data.close);
  else if (data.who && !leads) want();
  else if (data.want && leads) wanted(data.want);
};

// What a page was given in answer to something that was done on it need not be waited for.
addEventListener('convenor-news', ({ detail }) => everywhere(take, detail));

// ---- the window that has the stream

const followed = new Map(); // address → the least number that some window shows
let asked = new Set(), source = null, timer = 0, failures = 0, noStreamUntil = 0, state = '', since = '';

const report = (now) => {
  if (now === 'off' && state !== 'off') since = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
  state = now;
  everywhere(stand, { state, time: since });
};
const later = (work, milliseconds) => { clearTimeout(timer); timer = setTimeout(work, milliseconds); };
const deliver = (news) => { if (followed.has(news.on)) followed.set(news.on, news.at); everywhere(take, news); };
const leave = (news) => {
  followed.delete(news.on);
  everywhere(close, news);
  if (!followed.size) later(connect, 0); // which ends the stream
};

// Windows say what they show; a new address, or one that shows something older, needs another stream.
const wanted = (news) => {
  let differs = false;
  for (const [url, at] of news) {
    asked.add(url);
    if (!followed.has(url) || at < followed.get(url)) { followed.set(url, at); differs = true; }
  }
  if (differs) later(connect, 60); else if (state) shared?.postMessage({ stand: { state, time: since } });
};

const connect = () => {
  source?.close();
  source = null;
  if (!followed.size) return;
  if (Date.now() < noStreamUntil || !window.EventSource) { ask(); return; }
  const query = new URLSearchParams([...followed].map(([url, at]) => ['on', `${url}~${at}`]));
  const mine = new EventSource(`${stream}?${query}`);
  source = mine;
  let came = false;
  const alive = () => { came = true; failures = 0; later(() => again(mine), SILENCE); };
  mine.addEventListener('beat', () => { alive(); report('on'); });
  mine.addEventListener('news', (event) => { alive(); deliver(JSON.parse(event.data)); });
  mine.addEventListener('closed', (event) => {
    const news = JSON.parse(event.data);
    if (news.status < 500) leave(news); else again(mine);
  });
  for (const name of ['end', 'error']) mine.addEventListener(name, () => (came ? again(mine) : without(mine)));
  later(() => without(mine), FIRST);
};

// The stream broke: open it again soon, but not all browsers at once.
const again = (mine) => {
  if (mine !== source) return;
  mine.close();
  source = null;
  report('behind');
  later(connect, 300 + Math.random() * 1200);
};

// No stream came through: something on the way holds it back, or the server is away. Asking tells which.
const without = (mine) => {
  if (mine !== source) return;
  mine.close();
  source = null;
  noStreamUntil = Date.now() + NO_STREAM;
  ask();
};

const ask = async () => {
  const begun = performance.now();
  try {
    for (const [url, at] of [...followed]) {
      const answer = await fetch(url, { headers: { 'if-none-match': `"${at}"` }, cache: 'no-store', redirect: 'manual' });
      if (answer.status === 200) deliver(await answer.json());
      else if (answer.type === 'opaqueredirect' || (answer.status >= 400 && answer.status < 500)) leave({ on: url, status: answer.status });
      else if (answer.status !== 304) throw new Error(answer.status);
    }
    failures = 0;
    report('asks');
    const pause = Math.min(20000, 10 * (performance.now() - begun)); // a busy server is asked less often
    later(connect, 3000 + Math.random() * 2000 + pause);
  } catch { // the server is away: when it is back, a stream is tried first
    failures += 1;
    noStreamUntil = 0;
    report('off');
    later(connect, Math.min(15000, 500 * 2 ** failures) * (0.5 + Math.random()));
  }
};

const prune = () => {
  asked = new Set(seen.keys());
  shared.postMessage({ who: true });
  setTimeout(() => {
    const gone = [...followed.keys()].filter((url) => !asked.has(url));
    for (const url of gone) followed.delete(url);
    if (gone.length) connect();
  }, 3000);
};

const lead = () => {
  leads = true;
  shared?.postMessage({ who: true });
  if (shared) setInterval(prune, 60000);
  wanted(seen);
  return new Promise(() => {}); // as long as this window is open
};

if (seen.size) {
  if (shared) {
    want();
    navigator.locks.request('convenor-live', lead);
    setInterval(() => { if (!leads && Date.now() - heard > 50000) lead(); }, 10000); // the other window sleeps
  } else lead();
  addEventListener('online', () => { if (leads) { noStreamUntil = 0; connect(); } });
  addEventListener('offline', () => { if (leads) report('off'); });
  addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') want(); });
}
