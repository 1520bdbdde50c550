// What Chatwoot's dashboard does for an app: on load and on being asked it posts the context, as JSON, to "*".
window.asked = 0;
const conversation = {
  id: 17,
  account_id: 3,
  messages: [
    { id: 901, message_type: 0, content: "meant to be here THURSDAY", private: false, created_at: 1772447400 },
    { id: 902, message_type: 1, content: "a note", private: true, created_at: 1772447401 },
    { id: 903, message_type: 1, content: "Looking now.", private: false, created_at: 1772447402, sender: { type: "user" } },
    { id: 904, message_type: 1, content: "beep", private: false, created_at: 1772447403, sender: { type: "agent_bot" } },
    { id: 905, message_type: 2, content: "Priya was assigned", private: false, created_at: 1772447404 },
  ],
};
window.context = { conversation, contact: {}, currentAgent: { id: 8, name: "Priya", email: "p@desk.example" } };
const frame = document.createElement("iframe");
frame.src = "HOME/host/chatwoot.html";
frame.style.cssText = "width: 320px; height: 700px; border: 0";
const tell = () => frame.contentWindow.postMessage(JSON.stringify({ event: "appContext", data: window.context }), "*");
frame.addEventListener("load", tell);
addEventListener("message", ({ data, origin }) => {
  if (data !== "chatwoot-dashboard-app:fetch-info" || !"HOME/".startsWith(origin)) return;
  window.asked += 1;
  tell();
});
window.tell = tell;
document.body.append(frame);
