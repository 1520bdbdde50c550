// Elements. The law: text becomes a text node, never markup; no element gets a style attribute.

const SVG = "http://www.w3.org/2000/svg";

/** Return a new element; `on` holds listeners, every other key is an attribute. */
export function el(tag, attributes = {}, ...children) {
  return dressed(document.createElement(tag), attributes, children);
}

/** Return a new SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return dressed(document.createElementNS(SVG, tag), attributes, children);
}

/** Return the element of that id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Write `text` where it differs, so that nothing is announced or repainted twice. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function dressed(element, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children);
  return element;
}
