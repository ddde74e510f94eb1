// Makes elements. Data only ever becomes text nodes and attribute values, never markup.

/** An element with properties (class, attributes, onXxx) and children (nodes, texts, null). */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name === 'class') {
      element.className = value;
    } else if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((c) => c !== null && c !== undefined));
  return element;
}

/** Replaces the text if it differs, so that selections and screen readers are left in peace. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Replaces all children, keeping the focus on the element with the same data-key. */
export function replace(container, ...children) {
  const key = container.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  container.replaceChildren(...children.flat().filter((c) => c !== null && c !== undefined));
  if (key) {
    container.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }
}

/**
 * One child per item, made once and updated in place: `make` returns {element, update(item)}.
 * `known` is a Map that the caller keeps.
 */
export function keyed(container, known, items, keyOf, make) {
  const wanted = [];
  const seen = new Set();
  for (const item of items) {
    const key = keyOf(item);
    seen.add(key);
    if (!known.has(key)) {
      known.set(key, make(item));
    }
    const entry = known.get(key);
    entry.update(item);
    wanted.push(entry.element);
  }
  for (const key of [...known.keys()]) {
    if (!seen.has(key)) {
      known.delete(key);
    }
  }
  const same =
    container.children.length === wanted.length &&
    wanted.every((element, i) => container.children[i] === element);
  if (!same) {
    const focused = container.contains(document.activeElement) ? document.activeElement : null;
    container.replaceChildren(...wanted);
    focused?.focus({ preventScroll: true });
  }
}

/** What is shown where there is nothing to show. */
export function empty(text) {
  return el('p', { class: 'empty' }, text);
}
