/**
 * How a thread looks. The host's rules reach only the element itself, and !important inside a shadow
 * root wins over them there; what a host may set are the custom properties --afterword-*.
 */
export default `
:host {
  all: initial !important;
  display: block !important;
  color: inherit !important;
  font-family: var(--afterword-font, inherit) !important;
  font-size: var(--afterword-font-size, medium) !important;
  line-height: 1.55 !important;
  min-height: 16em !important;
  overflow-wrap: break-word !important;
}
:host([hidden]) { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }

.afterword {
  --text: var(--afterword-text, light-dark(#22262b, #e3e6ea));
  --muted: var(--afterword-muted, light-dark(#5b636d, #a3acb7));
  --edge: var(--afterword-edge, light-dark(#868e98, #78818c));
  --line: var(--afterword-line, color-mix(in srgb, var(--text) 14%, transparent));
  --tint: var(--afterword-tint, color-mix(in srgb, var(--text) 5%, transparent));
  --field: var(--afterword-field, light-dark(#fff, #16191d));
  --accent: var(--afterword-accent, light-dark(#0f5c7c, #7cc7e8));
  --on-accent: var(--afterword-on-accent, light-dark(#fff, #06222f));
  --error: light-dark(#b3261e, #ff9d94);
  --radius: var(--afterword-radius, 8px);
  color: var(--text);
  color-scheme: light;
  container-type: inline-size;
}
[data-theme="dark"] { color-scheme: dark; }
[data-theme="inherit"] {
  --text: var(--afterword-text, currentColor);
  --muted: var(--afterword-muted, color-mix(in srgb, currentColor 78%, transparent));
  --edge: var(--afterword-edge, color-mix(in srgb, currentColor 60%, transparent));
  --field: var(--afterword-field, transparent);
  --accent: var(--afterword-accent, currentColor);
  --on-accent: var(--afterword-on-accent, Canvas);
  --error: currentColor;
  color-scheme: inherit;
}

h1, h2, h3, h4, h5, h6, p, ol { margin: 0; padding: 0; font-size: inherit; font-weight: inherit; }
ol { list-style: none; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button, select, textarea, input { font: inherit; color: inherit; }
button, select { min-height: 44px; cursor: pointer; border-radius: var(--radius); }
button {
  padding: 0 .9em; border: 1px solid var(--edge); background: transparent; color: var(--text); font-size: .9375em;
}
button:hover { background: var(--tint); }
button[disabled], button[aria-disabled="true"] { opacity: .6; cursor: default; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.top { display: flex; flex-wrap: wrap; align-items: center; column-gap: .4em; min-height: 44px; }
.top > :first-child, .colon { font-size: 1.375em; line-height: 1.3; font-weight: 600; }
.colon { margin-inline-start: -.35em; }
.post { color: var(--accent); font-size: 1.125em; cursor: pointer; }
.post:hover { text-decoration: underline; }
.top select {
  margin-inline-start: auto; padding: 0 .3em; border: 0; background: transparent; color: var(--muted); font-size: .875em;
}
.top option { background: var(--field); color: var(--text); }

.box { margin: .5em 0 1.75em; }
textarea, input:not([type="checkbox"]) {
  display: block; width: 100%; padding: .6em .8em;
  border: 1px solid var(--edge); border-radius: var(--radius); background: var(--field);
}
textarea { min-height: 5.5em; resize: vertical; line-height: 1.5; field-sizing: content; max-height: 60vh; }
::placeholder { color: var(--muted); opacity: 1; }

.replies { margin-inline-start: 1.15em; padding-inline-start: 1.35em; border-inline-start: 1px solid var(--line); }
.replies:empty, [hidden] { display: none !important; }
article {
  --face: 2.5em; position: relative; padding: .9em 0 .1em; padding-inline-start: calc(var(--face) + .8em);
  scroll-margin-block: 4em; outline-offset: 4px; border-radius: 2px;
}
.roots > li > article { padding-top: 1.25em; }
.roots > li + li { border-top: 1px solid var(--line); }
.roots > li {
  padding-bottom: .9em; content-visibility: auto; contain-intrinsic-size: auto 12em; overflow-clip-margin: 1em;
}
article:focus { outline: none; }
article:focus-visible:not(.shown) { outline: 2px solid var(--accent); }
article.shown::before {
  content: ""; position: absolute; inset: .3em -.75em -.1em; z-index: -1; border-radius: var(--radius);
  background: var(--tint); border-inline-start: 3px solid var(--accent);
}
article.deleted { padding-inline-start: 0; }
.avatar { position: absolute; inset-inline-start: 0; width: var(--face); margin-top: .1em; }
.avatar text { font-weight: 600; font-size: 15px; }
.replies article { --face: 2em; }
article > header { display: flex; flex-wrap: wrap; align-items: baseline; column-gap: .6em; line-height: 1.4; }
.author { font-weight: 600; }
.author a { color: inherit; text-decoration-color: var(--edge); }
.when { color: var(--muted); font-size: .875em; text-decoration: none; }
a.when { padding: .35em 0; margin: -.35em 0; }
a.when:hover { text-decoration: underline; }
.badge {
  padding: .1em .6em; border-radius: 9em; background: var(--tint); border: 1px solid var(--line);
  color: var(--muted); font-size: .75em; font-weight: 600; align-self: center;
}
.badge.held { color: var(--accent); border-color: currentColor; background: transparent; }
.pending .body { opacity: .85; }
.body > * { margin: .65em 0 0; }
.body > :first-child { margin-top: .15em; }
.body ul, .body ol { padding-inline-start: 1.4em; }
.body ol { list-style: decimal; }
.body blockquote { padding-inline-start: .9em; border-inline-start: 3px solid var(--line); color: var(--muted); }
.body code { font: .9em ui-monospace, Menlo, Consolas, monospace; background: var(--tint); padding: .1em .3em; border-radius: 4px; }
.body pre { padding: .75em .9em; background: var(--tint); border-radius: var(--radius); overflow-x: auto; }
.body pre code { padding: 0; background: none; }
.body hr { border: 0; border-top: 1px solid var(--line); }
article > footer { display: flex; flex-wrap: wrap; align-items: center; margin-inline-start: -.6em; }
article > footer button {
  min-width: 44px; padding: 0 .6em; border-color: transparent; color: var(--muted); font-size: .875em; font-weight: 600;
}
.votes { display: inline-flex; align-items: center; color: var(--muted); font-size: .875em; }
.votes button { padding: 0 .4em; font-size: .75em; }
.votes button[aria-pressed="true"] { color: var(--accent); }
.score { min-width: 1.2em; text-align: center; font-variant-numeric: tabular-nums; font-weight: 600; }
footer > .note { padding-inline-start: .6em; }
.note { color: var(--muted); font-size: .875em; }
article > .note { padding: .35em 0 .6em; }
.closed { padding: .75em 1em; margin: .5em 0 1em; border-radius: var(--radius); background: var(--tint); }
.more { width: 100%; margin: .75em 0 .25em; font-weight: 600; }
li > div > .more { width: auto; margin-inline-start: 1.15em; border-color: transparent; color: var(--accent); }
.translating :is(.top, .closed, footer, .badge, .more) { opacity: 0; }
.sending { opacity: .6; }
.alert { color: var(--error); }
.alert:empty { display: none; }
.loading { padding-top: 1em; color: var(--muted); animation: late 1s step-end; }
.failed { padding: 1em 0; }
.failed button { margin-top: .75em; }
@keyframes late { from { opacity: 0; } }

@container (max-width: 34em) {
  .replies { margin-inline-start: .35em; padding-inline-start: .8em; }
  article { --face: 2em; padding-inline-start: 0; }
  article > header { min-height: 2em; padding-inline-start: 2.6em; align-content: center; }
  .body { padding-top: .25em; }
}
@media (forced-colors: active) {
  .avatar { forced-color-adjust: none; }
}
`;
