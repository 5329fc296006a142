/** Light or dark: what the page behind the element is, not what the system would like. */

/** Keeps `data-theme` on an element true: "light", "dark", "inherit", or found out for "auto". */
export function keepTheme(host, element, theme, signal) {
  const apply = () => (element.dataset.theme = theme === 'auto' ? (isDark(host) ? 'dark' : 'light') : theme);
  apply();
  if (theme !== 'auto') return;
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply, { signal });
  // Pages switch their own theme by a class or an attribute at the top.
  const observer = new MutationObserver(apply);
  for (let top = host.parentElement; top; top = top.parentElement) {
    if (top.matches('html, body')) observer.observe(top, { attributeFilter: ['class', 'style', 'data-theme'] });
  }
  signal.addEventListener('abort', () => observer.disconnect());
}

function isDark(host) {
  for (let behind = host.parentElement; behind; behind = behind.parentElement) {
    const [red, green, blue, alpha = 1] = getComputedStyle(behind).backgroundColor.match(/[\d.]+/g) ?? [0, 0, 0, 0];
    if (alpha > 0.5) return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }
  // Nothing painted: the browser's canvas, which is dark only where the page allows it.
  const allowed = getComputedStyle(host.parentElement ?? host).colorScheme;
  return /dark/.test(allowed) && (!/light/.test(allowed) || matchMedia('(prefers-color-scheme: dark)').matches);
}
