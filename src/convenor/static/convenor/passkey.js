// <form data-passkey="get|create" data-options="address" data-none="…" data-stopped="…">: asks the browser for a passkey,
// or to make one, puts its answer into the field named credential and hands the form in. The server decides.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

const options = ({ publicKey: asked }, kind) => ({
  publicKey: {
    ...asked,
    challenge: bytes(asked.challenge),
    ...(kind === 'create'
      ? { user: { ...asked.user, id: bytes(asked.user.id) }, excludeCredentials: keys(asked.excludeCredentials) }
      : { allowCredentials: keys(asked.allowCredentials) }),
  },
});

// Every buffer of the browser's answer as text; what it does not give stays out.
const answer = (made) => {
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  return JSON.stringify({
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: Object.fromEntries(parts.filter((part) => made.response[part]).map((part) => [part, text(made.response[part])])),
  });
};

for (const form of document.querySelectorAll('[data-passkey]')) {
  const say = (words) => { form.querySelector('[role=status]').textContent = words; };
  if (!window.PublicKeyCredential) {
    form.querySelector('button').disabled = true;
    say(form.dataset.none);
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say('');
    try {
      const asked = await fetch(form.dataset.options, { headers: { accept: 'application/json' } });
      if (asked.redirected) { location.reload(); return; }
      const made = await navigator.credentials[form.dataset.passkey](options(await asked.json(), form.dataset.passkey));
      form.elements.credential.value = answer(made);
    } catch {
      say(form.dataset.stopped);
      return;
    }
    form.submit();
  });
}
