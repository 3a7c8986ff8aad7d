// <div data-here="moment" hidden>: says the moment on the reader's own clock, where no zone was chosen on the page.
const words = document.querySelector('[data-here-words]')?.dataset.hereWords ?? '{moment}';
const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeStyle: 'short' });
const zone = clock.resolvedOptions().timeZone;
for (const place of document.querySelectorAll('[data-here]')) {
  place.textContent = words.replace('{moment}', `${clock.format(new Date(place.dataset.here))}, ${zone}`);
  place.hidden = false;
}
