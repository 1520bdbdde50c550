// The wall's page. The law: it finds the service and the reader's language; the token is the element's affair,
// and stands in no address and in no storage.

import "/wall/chat-assist-wall.js";

const wall = document.querySelector("chat-assist-wall");
const spoken = navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => ["en", "de"].includes(tag));
wall.addEventListener("assist-wall", ({ detail: { title, unseen } }) => {
  document.title = unseen ? `(${unseen}) ${title}` : title;
});
document.documentElement.lang = spoken ?? "en";
wall.redraw();
const { ws } = await (await fetch("/config.json")).json();
wall.setAttribute("server", ws);
