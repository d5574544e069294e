/* The page's texts (agreements/broker_texts.py), with numbers and names put in, and small parts made of text. */

let texts = {};

export function useTexts(all) {
  texts = all;
}

export function say(name, values = {}) {
  return texts[name].replace(/\{(\w+)\}/g, (_whole, key) => values[key]);
}

export function sayCount(name, n, values = {}) {
  return say(n === 1 ? `${name}_one` : name, { n, ...values });
}

/** Text that stays on one line, such as a date. */
export function unbroken(text) {
  return text.replaceAll(" ", "\u00a0");
}

/** An element with attributes and children; strings become text, never markup. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Length as the server counts it: in characters, not in halves of them, and with one character for a line's end. */
export function lengthOf(text) {
  return [...text.trim().replace(/\r\n/g, "\n")].length;
}
