// Every sentence of the page, in Chinese and English, and the switch between them. The sentences stand in the catalogue
// (assets/texts).
import TEXTS from './texts.js';
import { Told } from './told.js';

let language = 'en';

export const languages = { zh: 'zh-Hans', en: 'en' };

export function currentLanguage() {
  return language;
}

/** Chinese where the browser prefers it; the link and the reader's earlier choice come first. */
export function preferredLanguage(asked) {
  if (asked in languages) return asked;
  const kept = remembered();
  if (kept in languages) return kept;
  return (navigator.languages ?? [navigator.language]).some((l) => l.startsWith('zh')) ? 'zh' : 'en';
}

function remembered() {
  try {
    return localStorage.getItem('grotto.language');
  } catch {
    return null; // storage may be forbidden; then nothing is remembered
  }
}

export function setLanguage(next) {
  language = next;
  try {
    localStorage.setItem('grotto.language', next);
  } catch {
    // as above
  }
  document.documentElement.lang = languages[next];
  translate(document);
}

/** The sentence `key` of room web, or `room.key`, with {name} filled in from `values`. */
export function t(key, values = {}) {
  let text = TEXTS[key.includes('.') ? key : `web.${key}`];
  if (!text) {
    console.error(`no text "${key}"`);
    text = TEXTS['failures.no-text'];
  }
  return pick(text).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? '—'));
}

/** What went wrong, in words for a visitor; what it was exactly stands in the console. */
export function why(e) {
  if (!(e instanceof Told)) {
    console.error(e);
    return t('unexpected');
  }
  if (e.message) console.warn(e.message);
  return t(e.key);
}

/** Of a {zh, en} text the current language, or the other where it is empty. */
export function pick(text) {
  if (!text) return '';
  return (language === 'zh' ? text.zh || text.en : text.en || text.zh) ?? '';
}

/** Fills elements marked data-t (text), data-t-label (aria-label and title), data-t-title (title alone). */
export function translate(root) {
  for (const e of root.querySelectorAll('[data-t]')) e.textContent = t(e.dataset.t);
  for (const e of root.querySelectorAll('[data-t-label]')) {
    e.setAttribute('aria-label', t(e.dataset.tLabel));
    e.title = t(e.dataset.tLabel);
  }
  for (const e of root.querySelectorAll('[data-t-title]')) e.title = t(e.dataset.tTitle);
}

/** A number in the current language's grouping. */
export function number(x, digits = 0) {
  return x.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
