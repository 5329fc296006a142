/**
 * What an edit changed, word by word: [{kind: 'same' | 'removed' | 'added', text}]. By the longest common
 * subsequence of words (Hunt and Szymanski's problem, solved by the plain table); texts that differ in more
 * than the table may hold are shown as removed and added whole.
 */
export function difference(before, after) {
  const [from, to] = [words(before), words(after)];
  const start = commonLength(from, to);
  const end = commonLength(from.slice(start).reverse(), to.slice(start).reverse());
  const [removed, added] = [from.slice(start, from.length - end), to.slice(start, to.length - end)];
  return merged([
    ...as('same', from.slice(0, start)),
    ...(removed.length * added.length > MOST ? [...as('removed', removed), ...as('added', added)] : between(removed, added)),
    ...as('same', from.slice(from.length - end)),
  ]);
}

const MOST = 1_000_000;

/** Words and the white space between them, so that nothing is lost. */
function words(text) {
  return text.match(/\s+|[^\s]+/gu) ?? [];
}

function commonLength(one, other) {
  let n = 0;
  while (n < one.length && n < other.length && one[n] === other[n]) n++;
  return n;
}

function as(kind, parts) {
  return parts.map((text) => ({ kind, text }));
}

function between(removed, added) {
  const width = added.length + 1;
  const longest = new Uint16Array((removed.length + 1) * width);
  for (let i = removed.length - 1; i >= 0; i--) {
    for (let j = added.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        removed[i] === added[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const parts = [];
  let [i, j] = [0, 0];
  while (i < removed.length && j < added.length) {
    if (removed[i] === added[j]) {
      parts.push({ kind: 'same', text: removed[i++] });
      j++;
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) parts.push({ kind: 'removed', text: removed[i++] });
    else parts.push({ kind: 'added', text: added[j++] });
  }
  return [...parts, ...as('removed', removed.slice(i)), ...as('added', added.slice(j))];
}

function merged(parts) {
  const all = [];
  for (const { kind, text } of parts) {
    if (all.at(-1)?.kind === kind) all.at(-1).text += text;
    else all.push({ kind, text });
  }
  return all;
}
