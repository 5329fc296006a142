/**
 * Looks for the number from 0 to `most` whose SHA-256 (FIPS 180-4), written after the salt, is the target.
 * Hands back how far it came after every `step` numbers, and returns the number, or -1.
 *
 * Our own SHA-256, because pages without TLS have no `crypto.subtle`; and one function that needs nothing from
 * outside, because its source is also what a worker is made of.
 *
 * @param {string} salt at most 40 ASCII characters, so that one block holds salt and number
 * @param {string} target 64 hexadecimal digits
 */
export function* search(salt, target, most, step) {
  // Square roots of the first 8 primes, cube roots of the first 64: their fractions' first 32 bits.
  const start = new Int32Array(8);
  const round = new Int32Array(64);
  for (let n = 2, found = 0; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) start[found] = (Math.sqrt(n) % 1) * 2 ** 32;
    round[found++] = (Math.cbrt(n) % 1) * 2 ** 32;
  }
  const wanted = Int32Array.from(target.match(/.{8}/g), (word) => parseInt(word, 16));
  const block = new Uint8Array(64);
  const view = new DataView(block.buffer);
  const w = new Int32Array(64);
  for (let i = 0; i < salt.length; i++) block[i] = salt.charCodeAt(i);

  for (let number = 0; number <= most; number++) {
    const digits = String(number);
    let length = salt.length;
    for (let i = 0; i < digits.length; i++) block[length++] = digits.charCodeAt(i);
    block[length] = 0x80;
    view.setUint32(60, length * 8);

    for (let i = 0; i < 16; i++) w[i] = view.getInt32(i * 4);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    // Word by word: taking the array apart costs more than the rounds do.
    let a = start[0];
    let b = start[1];
    let c = start[2];
    let d = start[3];
    let e = start[4];
    let f = start[5];
    let g = start[6];
    let h = start[7];
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + round[i] + w[i]) | 0;
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    const is = (word, i) => ((word + start[i]) | 0) === wanted[i];
    if (is(a, 0) && is(b, 1) && is(c, 2)) return number;
    if ((number + 1) % step === 0) yield number + 1;
  }
  return -1;
}
