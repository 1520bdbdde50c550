// Elements. The law: text becomes a text node, never markup; no element gets a style attribute.

/** Return a new element; `on` holds listeners, every other key is an attribute. */
export function el(tag, { on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children);
  return element;
}

/** Return the element of that id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Write `text` where it differs, so that nothing is announced or repainted twice. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
