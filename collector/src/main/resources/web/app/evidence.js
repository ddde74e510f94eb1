// What people entered, and forms to enter more: only what the role allows is shown.

import { el, empty, replace, setText } from './dom.js';
import { time } from './format.js';
import { ask, send } from './live.js';
import { t } from './texts.js';

const DAY_MS = 86_400_000;

const instant = (text) => el('time', { datetime: text, title: text }, time(text));

/** The section of evidence. */
export class Evidence {
  constructor(who, container) {
    this.who = who;
    this.container = container;
    this.exclusions = el('div', {});
    this.documents = el('div', {});
    this.audit = el('div', {});
    replace(container,
      this.part('exclusions', this.exclusions, this.may('exclude') ? this.excludeForm() : null),
      this.part('documents', this.documents, this.may('state') ? this.attachForm() : null),
      this.may('export') ? this.exportPart() : null,
      this.may('audit') ? this.part('audit', this.audit) : null);
  }

  may(what) {
    return this.who.may.includes(what);
  }

  part(name, list, form = null) {
    return el('div', { class: 'panel evidence', id: `evidence-${name}` },
      el('h3', {}, t(`evidence.${name}`)),
      list,
      form && el('details', {}, el('summary', {}, t(`evidence.${name}.enter`)), form));
  }

  /** Asks for everything anew. */
  async refresh() {
    const now = Date.now();
    const range = {
      from: new Date(now - 30 * DAY_MS).toISOString(),
      to: new Date(now + 365 * DAY_MS).toISOString(),
    };
    await Promise.all([
      this.load(this.exclusions, '/api/v1/exclusions', range, (all) => this.exclusionTable(all)),
      this.load(this.documents, '/api/v1/documents', {}, documentTable),
      this.may('audit') ? this.load(this.audit, '/api/v1/audit', { limit: 20 }, auditTable) : null,
    ]);
  }

  async load(container, path, parameters, show) {
    try {
      replace(container, show(await ask(path, parameters)));
    } catch (error) {
      replace(container, empty(t('failed', { detail: error.message })));
    }
  }

  exclusionTable(all) {
    const state = (e) => {
      if (e.withdrawn) {
        return t('exclusion.withdrawn');
      }
      return t(e.journaled ? `exclusion.late.${e.late}` : 'exclusion.waiting');
    };
    return table('exclusion', all, {
      subject: (e) => e.subject,
      from: (e) => instant(e.from),
      to: (e) => instant(e.to),
      reason: (e) => e.reason,
      approver: (e) => e.approver,
      state: (e) => state(e),
    });
  }

  excludeForm() {
    return this.form('/api/v1/exclusions', [
      field('subject', { required: true }),
      field('from', { required: true, type: 'datetime-local' }),
      field('to', { required: true, type: 'datetime-local' }),
      field('reason', { required: true, maxlength: 1000 }),
      field('approver', { required: true, maxlength: 200 }),
    ], (values) => ({
      ...values,
      from: new Date(values.from).toISOString(),
      to: new Date(values.to).toISOString(),
    }));
  }

  attachForm() {
    return this.form('/api/v1/documents', [
      field('indicator', { required: true }),
      field('title', { required: true, maxlength: 1000 }),
      field('issuer', { required: true, maxlength: 1000 }),
      field('valid-from', { type: 'date' }),
      field('valid-until', { type: 'date' }),
      field('file', { required: true, type: 'file' }),
    ]);
  }

  /** A bundle is a download: the browser saves it, and shows what is wrong if there is none. */
  exportPart() {
    const submit = (event) => {
      event.preventDefault();
      const { from, to, ...values } = Object.fromEntries(
        [...new FormData(event.target)].filter(([, value]) => value !== ''));
      const query = new URLSearchParams({
        from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...values,
      });
      window.open(`/api/v1/evidence/bundle?${query}`, '_blank', 'noopener');
    };
    return el('div', { class: 'panel evidence', id: 'evidence-export' },
      el('h3', {}, t('evidence.export')),
      el('p', { class: 'note' }, t('evidence.export.note')),
      el('details', {}, el('summary', {}, t('evidence.export.enter')),
        el('form', { onsubmit: submit },
          field('from', { required: true, type: 'datetime-local' }),
          field('to', { required: true, type: 'datetime-local' }),
          field('challenge', {}),
          el('button', { type: 'submit' }, t('evidence.export.do')))));
  }

  form(path, fields, shape = (values) => values) {
    const fault = el('p', { class: 'fault', role: 'alert' });
    const done = el('p', { class: 'done', role: 'status' });
    const button = el('button', { type: 'submit' }, t('evidence.enter'));
    const submit = async (event) => {
      event.preventDefault();
      setText(fault, '');
      setText(done, '');
      button.disabled = true;
      try {
        const { file, ...values } = Object.fromEntries(
          [...new FormData(event.target)].filter(([, value]) => value !== ''));
        await (file ? upload(path, values, file) : send('POST', path, shape(values)));
        event.target.reset();
        setText(done, t('evidence.done'));
        await this.refresh();
      } catch (error) {
        setText(fault, error.message);
      } finally {
        button.disabled = false;
      }
    };
    return el('form', { onsubmit: submit }, fields, fault, done, button);
  }
}

function upload(path, values, file) {
  return send('POST', `${path}?${new URLSearchParams({ ...values, reference: file.name })}`, file);
}

let fields = 0;

function field(name, attributes) {
  const id = `field-${name}-${fields++}`;
  return el('div', { class: 'field' },
    el('label', { for: id }, t(`field.${name}`)),
    el('input', { id, name, ...attributes }));
}

function documentTable(all) {
  return table('document', all, {
    indicator: (d) => d.indicator,
    title: (d) => d.title,
    issuer: (d) => d.issuer,
    digest: (d) => el('code', { title: d.digest }, d.digest.slice(0, 12)),
    review: (d) => (d.review
      ? t('document.reviewed', { degree: t(`degree.${d.review.degree}`), by: d.review.by })
      : t('document.unreviewed')),
  });
}

function auditTable(all) {
  return table('audit', all, {
    at: (a) => instant(a.at),
    who: (a) => t('account.who', { name: a.who, role: t(`role.${a.role}`) }),
    action: (a) => t(`action.${a.action}`),
    on: (a) => a.on,
  });
}

function table(kind, all, columns) {
  if (all.length === 0) {
    return empty(t(`${kind}.empty`));
  }
  const names = Object.keys(columns);
  return el('table', { class: 'entries' },
    el('thead', {}, el('tr', {}, names.map((n) => el('th', { scope: 'col' }, t(`${kind}.${n}`))))),
    el('tbody', {}, all.map((item) => el('tr', {}, names.map((n) =>
      el('td', { 'data-label': t(`${kind}.${n}`) }, columns[n](item)))))));
}
