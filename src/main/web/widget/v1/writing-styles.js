/** How the box looks in use. */
export default `
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(11em, 100%), 1fr)); gap: .75em; margin-top: .75em; }
.field label { display: block; font-size: .875em; font-weight: 600; padding-bottom: .2em; }
.hint { color: var(--muted); font-size: .875em; font-weight: 400; }
.field .hint { font-size: 1em; }
.error, .box .alert { color: var(--error); font-size: .875em; padding-top: .3em; }
.error:empty, .counter:empty { display: none; }
.counter { color: var(--muted); font-size: .875em; text-align: end; font-variant-numeric: tabular-nums; }
.counter.over { color: var(--error); }
[aria-invalid] { border-color: var(--error) !important; box-shadow: 0 0 0 1px var(--error); }
.remember { display: flex; align-items: center; min-height: 44px; width: fit-content; font-size: .875em; cursor: pointer; }
.remember input { width: 1.15em; height: 1.15em; margin: 0; margin-inline-end: .55em; accent-color: var(--accent); }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: .5em .75em; padding-top: .35em; }
.tools { display: flex; flex-wrap: wrap; }
.tools button { min-width: 44px; border-color: transparent; color: var(--muted); font-size: .875em; }
.tools [aria-pressed="true"] { color: var(--accent); }
.tools :last-child { margin-inline-start: auto; }
.bold { font-weight: 700; }
.italic { font-style: italic; }
.preview { min-height: 5.5em; padding: .6em .8em; border: 1px dashed var(--edge); border-radius: var(--radius); }
.send { padding: 0 1.4em; border-color: transparent; background: var(--accent); color: var(--on-accent); font-weight: 600; }
.send:hover { background: color-mix(in srgb, var(--accent) 88%, var(--text)); }
article > .box { margin: .25em 0 1em; }
`;
