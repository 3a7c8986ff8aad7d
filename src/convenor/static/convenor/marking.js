// Marks a list with one key per line: 1, 2 and 0 choose the first, second and last choice of the line and go on to the
// next; / goes to the search. Without this script, Tab goes from line to line and the arrows choose.
const lines = [...document.querySelectorAll('[data-line]')];
const choices = (line) => [...line.querySelectorAll('input[type=radio]')];
const go = (line) => (choices(line).find((one) => one.checked) ?? choices(line)[0]).focus();
const save = document.querySelector('#marks .btn.go');

document.querySelector('[data-keys]').hidden = !matchMedia('(any-hover: hover)').matches;
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input[type=search], textarea')) return;
  if (event.key === '/') {
    event.preventDefault();
    document.getElementById('q').select();
    return;
  }
  const line = event.target.closest('[data-line]') ?? lines[0];
  const choice = { 1: 0, 2: 1, 0: 2 }[event.key];
  if (choice === undefined || !line) return;
  event.preventDefault();
  choices(line)[choice].checked = true;
  const next = lines[lines.indexOf(line) + 1];
  if (next) go(next); else save.focus();
});
if (lines.length && document.getElementById('q').value) go(lines[0]);
