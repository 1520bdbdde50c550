// Front's Plugin SDK, as far as its reference tells of what is used: contextUpdates and a context's functions.
(() => {
  const heard = new Set();
  let context = null;
  const drafts = {};
  const desk = (window.desk = { drafts, made: [] });
  const functions = {
    fetchDraft: async (id) => drafts[id],
    updateDraft: async (id, { updateMode, content }) => {
      const before = updateMode === "insert" ? drafts[id].content.body : "";
      drafts[id] = { id, content: { body: before + content.body, type: content.type } };
    },
    createDraft: async (template) => {
      desk.made.push(template);
      drafts.dra_2 = { id: "dra_2", content: template.content };
      return drafts.dra_2;
    },
    listMessages: async () => ({ results: [{ id: "msg_1", status: "inbound" }], token: undefined }),
  };
  desk.choose = (type, conversation) => {
    context = { id: String(Math.random()), type, teammate: { id: "tea_1" }, ...(conversation && { conversation }), ...functions };
    for (const then of heard) then(context);
  };
  window.Front = {
    contextUpdates: {
      subscribe(then) {
        heard.add(then);
        if (context) then(context);
        return { unsubscribe: () => heard.delete(then) };
      },
    },
  };
})();
