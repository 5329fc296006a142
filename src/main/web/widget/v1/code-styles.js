/** How code looks. */
export default `
.code-comment { color: var(--muted); font-style: italic; }
.code-string { color: var(--afterword-code-string, light-dark(#1a6b2f, #93d6a0)); }
.code-number { color: var(--afterword-code-number, light-dark(#8a4b08, #f0c08a)); }
.code-word { color: var(--afterword-code-word, light-dark(#6a2fa3, #cfb0f5)); font-weight: 600; }
`;
