// The ZAF client, as far as its reference tells of what is used: get, set, invoke, on.
(() => {
  const heard = {};
  const desk = (window.desk = {
    values: {
      "ticket.id": 17,
      currentUser: { id: 8, name: "Priya", locale: "en-US" },
      "comment.text": "<p>Hello&nbsp;Hannah</p>",
      colorScheme: "dark",
    },
    invoked: [],
    refuse: [],
    type(text) {
      desk.values["comment.text"] = text;
      for (const then of heard["comment.text.changed"] ?? []) then(text);
    },
    change(scheme) {
      for (const then of heard["colorScheme.changed"] ?? []) then(scheme);
    },
  });
  const client = {
    async get(names) {
      const wanted = [names].flat();
      return { errors: {}, ...Object.fromEntries(wanted.map((name) => [name, desk.values[name]])) };
    },
    async set(name, value) {
      if (desk.refuse.includes(name)) throw new Error("not here");
      desk.type(value);
      return { errors: {}, [name]: value };
    },
    async invoke(name, ...given) {
      if (desk.refuse.includes(name)) throw new Error("not here");
      desk.invoked.push([name, ...given]);
      if (name === "ticket.editor.insert" || name === "ticket.comment.appendText") {
        desk.type(`${desk.values["comment.text"]} ${given[0]}`);
      }
    },
    on(name, then) {
      (heard[name] ??= []).push(then);
    },
  };
  window.ZAFClient = { init: () => client };
})();
