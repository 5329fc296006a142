/** How it looks while something is worked out. */
export default `
.working { accent-color: var(--accent); max-width: 100%; vertical-align: middle; }
`;
