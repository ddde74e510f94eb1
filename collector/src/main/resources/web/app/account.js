// Who is logged in, and logging in and out.

import { el, replace, setText } from './dom.js';
import { send } from './live.js';
import { t } from './texts.js';

const PATH = '/api/v1/session';

/** Who asks: {name, role, may}. */
export async function whoAmI() {
  const response = await fetch(PATH);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(body.detail ?? `${response.status} ${response.statusText}`);
  }
  return body;
}

/** Shows in the header who is logged in, with the way in or out. */
export function showAccount(who, container, onLogin) {
  if (who.name) {
    replace(container,
      el('span', {}, t('account.who', { name: who.name, role: t(`role.${who.role}`) })),
      el('button', { type: 'button', class: 'plain', onclick: logOut }, t('account.logout')));
  } else {
    replace(container,
      el('button', { type: 'button', class: 'plain', onclick: onLogin }, t('account.login')));
  }
}

async function logOut() {
  await send('DELETE', PATH);
  location.reload();
}

/** Shows the form to log in; `why` is said above it. */
export function showLogin(container, why = '') {
  const fault = el('p', { class: 'fault', role: 'alert' }, why);
  const token = el('input', {
    id: 'token', type: 'password', required: true, autocomplete: 'current-password',
    spellcheck: 'false', 'aria-describedby': 'token-hint',
  });
  const button = el('button', { type: 'submit' }, t('account.login'));
  const submit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await send('POST', PATH, { token: token.value });
      location.reload();
    } catch (error) {
      setText(fault, error.message);
      button.disabled = false;
      token.select();
    }
  };
  replace(container, el('form', { class: 'panel login', onsubmit: submit },
    el('h2', {}, t('account.title')),
    el('label', { for: 'token' }, t('account.token')),
    token,
    el('p', { class: 'note', id: 'token-hint' }, t('account.hint')),
    fault,
    button));
  container.hidden = false;
  token.focus();
}
