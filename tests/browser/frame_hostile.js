// In the page around a frame: a host of its own, whose every message is full of the payload. `told` gives it one
// payload and returns what the frame answered, once it has read all of it.
async ([address]) => {
  const frame = document.createElement("iframe");
  frame.src = address;
  document.body.append(frame);
  await new Promise((done) => frame.addEventListener("load", done));
  const { port1, port2 } = new MessageChannel();
  const heard = [];
  let wake = () => {};
  let count = 0;
  port1.onmessage = ({ data }) => wake(heard.push(data));
  const until = async (found) => {
    while (!heard.some(found)) await new Promise((done) => (wake = done));
  };
  frame.contentWindow.postMessage({ assist: "connect", version: 1 }, new URL(address).origin, [port2]);
  await until(({ type }) => type === "hello");
  window.tellAll = async (payload) => {
    heard.length = 0;
    // Another agent is another connection: every twelfth is enough of them.
    const agent = count++ % 12 ? {} : { agent: payload.slice(0, 256) };
    const turns = [{ id: payload.slice(0, 256), role: "customer", text: payload, at: payload, author: payload }];
    const conversation = payload.slice(0, 256);
    const keys = Object.fromEntries(["copy", "edit", "why"].map((act) => [act, payload]));
    const chats = [{ id: conversation, name: payload }, { id: "other", name: payload }];
    for (const message of [
      { type: "start", version: 1, capabilities: ["insertText", "draft", payload], ...agent, keys: { ...keys, [payload]: payload } },
      { type: "context", conversation, turns, chats },
      { type: "turns", conversation, turns },
      { type: "draft", text: payload },
      { type: "locale", lang: payload },
      { type: "theme", theme: payload },
      { type: "token", re: conversation, token: payload },
      { type: "done", re: conversation, ok: true, [payload]: payload },
      { type: payload, [payload]: payload },
    ]) port1.postMessage(message);
    await until(({ code }) => code === "message.unknown-type");
    return heard.filter(({ type }) => type === "error").map(({ code }) => code);
  };
}
