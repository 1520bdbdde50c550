// The pages that helpdesks frame: ../host/NAME.html, one template. The law: a page holds no script of its own,
// only files of ours, and where a helpdesk asks for it that helpdesk's SDK.

/** Of each page: its name and the helpdesk's, and the SDK to be there first. */
const DESKS = [
  ["chatwoot", "Chatwoot"],
  ["front", "Front", "vendor/front-plugin-sdk-1.10.0.js"],
  ["livechat", "LiveChat", "vendor/livechat-agent-app-sdk-1.16.0.js"],
  ["matrix", "Matrix"],
  ["zendesk", "Zendesk", "https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"],
];

/** The pages as `[path, text]`. */
export const PAGES = DESKS.map(([name, desk, sdk]) => [
  `../host/${name}.html`,
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Chat-assist in ${desk}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="frame.css">
${sdk ? `<script src="${sdk}"></script>\n` : ""}<script type="module" src="${name}.js"></script>
</head>
<body>
<main><h1>Chat-assist</h1></main>
<p id="notice" role="status"></p>
</body>
</html>
`,
]);
