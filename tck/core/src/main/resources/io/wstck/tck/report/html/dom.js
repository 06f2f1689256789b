// Making elements. Every text of the report goes through here, as a text node: nothing is ever parsed as HTML.

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const INVISIBLE_BUT_LINES = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const NAMED = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Control and format characters as the console report writes them: they could hide or reorder what stands beside them. */
function printable(text) {
  return String(text).replace(INVISIBLE, escaped);
}

/** The same for a text of several lines. */
function printableLines(text) {
  return String(text).replace(INVISIBLE_BUT_LINES, escaped);
}

function escaped(character) {
  return NAMED[character] ?? `\\u{${character.codePointAt(0).toString(16)}}`;
}

/**
 * An element with attributes and children; a child that is a string becomes a text node, one that is null is left out.
 * Attributes whose value is false or undefined are left out too; those that begin with "on" are listeners.
 */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : printable(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === "") continue;
    element.append(child instanceof Node ? child : printable(child));
  }
}

/** A sentence in which `this` is code. */
function prose(text) {
  return String(text).split("`").map((part, number, parts) =>
    (number % 2 === 1 && number < parts.length - 1 ? el("code", {}, part) : number % 2 === 1 ? `\`${part}` : part));
}

function plural(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

function milliseconds(ms) {
  if (ms < 1000) return `${ms.toFixed(ms < 10 ? 2 : 0)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
