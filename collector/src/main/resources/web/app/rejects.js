// What could not be taken: by cause, and the last ones as they came. All of it is foreign text.

import { el, empty, replace } from './dom.js';
import { count, time } from './format.js';
import { t } from './texts.js';

const COLUMNS = ['time', 'link', 'cause', 'origin', 'detail', 'head'];

/** Shows the rejects section of the state. */
export function showRejects({ byCause, recent }) {
  const container = document.getElementById('rejects');
  const causes = Object.entries(byCause).filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
  if (causes.length === 0 && recent.length === 0) {
    replace(container, empty(t('rejects.empty')));
    return;
  }
  const cell = (name, ...content) =>
    el('td', { class: `reject-${name}`, 'data-label': t(`rejects.${name}`) }, ...content);
  const row = (r) => el('tr', {},
    cell('time', el('time', { datetime: r.time, title: r.time }, time(r.time))),
    cell('link', r.link || t('unknown')),
    cell('cause', t(`cause.${r.cause}`)),
    cell('origin', r.origin),
    cell('detail', r.detail),
    cell('head', el('code', { title: r.head }, r.head)));
  replace(container,
    el('ul', { class: 'causes' }, causes.map(([cause, n]) =>
      el('li', {}, el('strong', {}, count(n)), ` ${t(`cause.${cause}`)}`))),
    recent.length === 0 ? null : el('table', { class: 'rejects' },
      el('thead', {}, el('tr', {}, COLUMNS.map((c) => el('th', { scope: 'col' }, t(`rejects.${c}`))))),
      el('tbody', {}, recent.map(row))));
}
