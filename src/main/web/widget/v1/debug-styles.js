/** How the debug panel looks. */
export default `
:host { all: initial !important; }
section {
  position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483647; max-width: min(34rem, calc(100vw - 2rem));
  max-height: 60vh; overflow: auto; padding: .75rem 1rem; border-radius: 8px; background: #16191d; color: #e3e6ea;
  font: 14px/1.5 system-ui, sans-serif; box-shadow: 0 4px 24px #0006; overflow-wrap: anywhere;
}
button { float: inline-end; font: inherit; color: inherit; background: none; border: 1px solid #78818c; border-radius: 6px; min-height: 32px; }
ul { margin: .5rem 0 0; padding: 0; list-style: none; }
li { padding-block: .15rem; }
li::before { content: "✓ "; color: #93d6a0; }
.wrong { color: #ffd0ca; }
.wrong::before { content: "✗ "; color: #ff9d94; }
`;
