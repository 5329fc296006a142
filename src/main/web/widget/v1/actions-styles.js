/** How the row below a comment looks. */
export default `
.row { display: flex; flex-wrap: wrap; align-items: center; gap: .5em; padding: .25em 0 .75em; }
.row textarea, .row p { flex: 1 0 100%; }
.row input { flex: 1 1 12em; width: auto; min-height: 44px; }
.row select { padding: 0 .6em; border: 1px solid var(--edge); background: var(--field); max-width: 100%; }
.row .send { padding: 0 1.4em; border-color: transparent; background: var(--accent); color: var(--on-accent); font-weight: 600; }
article > .alert { font-size: .875em; }
`;
