/* What axe does not look at, measured on the page as it stands now. Returns figures and a list of findings;
   each finding begins with the number of the bar. */
() => {
  const found = [];
  const seen = e => { const r = e.getBoundingClientRect(), c = getComputedStyle(e);
    return r.width > 0 && r.height > 0 && c.visibility !== 'hidden' && r.right > 0 && r.bottom > 0 && e.checkVisibility(); };
  const rgb = s => { const m = s.match(/[\d.]+/g).map(Number); return m.length > 3 && m[3] === 0 ? null : m.slice(0, 3); };
  const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c) return c; } return [255, 255, 255]; };
  const lum = c => c.map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
  const ratio = (a, b) => { const [x, y] = [lum(a), lum(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const name = e => (e.innerText || e.id || e.tagName).trim().slice(0, 8);

  /* E1 sizes, E2 lines, E3 contrast, E7 nothing beyond the edge */
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let node, minFont = 999, minLine = 99, minContrast = 99;
  while ((node = walk.nextNode())) {
    const e = node.parentElement, word = node.data.trim().slice(0, 8);
    if (!word || !seen(e)) continue;
    const c = getComputedStyle(e), f = parseFloat(c.fontSize), l = (parseFloat(c.lineHeight) || 1.2 * f) / f, k = ratio(rgb(c.color), behind(e));
    minFont = Math.min(minFont, f); minContrast = Math.min(minContrast, k);
    if (f < 18) found.push('E1 text ' + f + ' px: ' + word);
    if (k < 7) found.push('E3 contrast ' + k.toFixed(1) + ': ' + word);
    if (!e.closest('h1')) { minLine = Math.min(minLine, l); if (l < 1.49) found.push('E2 line height ' + l.toFixed(2) + ': ' + word); }
    const range = document.createRange(); range.selectNodeContents(node);
    for (const r of range.getClientRects()) if (r.right > innerWidth + 1) found.push('E7 beyond the edge: ' + word);
  }
  for (const p of document.querySelectorAll('p')) {                 /* E2: paragraphs stand apart by 1.3 lines */
    const n = p.nextElementSibling;
    if (!n || n.tagName !== 'P' || !seen(p) || !seen(n)) continue;
    const line = Math.min(...[p, n].map(e => parseFloat(getComputedStyle(e).lineHeight) || 1.2 * parseFloat(getComputedStyle(e).fontSize))), gap = n.getBoundingClientRect().top - p.getBoundingClientRect().bottom;
    if (gap < .3 * line - .5) found.push('E2 paragraph gap ' + Math.round(gap) + ' of ' + Math.round(line) + ': ' + name(n));
  }

  /* E3 edges, E4 targets, E5 gaps */
  let minEdge = 99, minTarget = 999, minGap = 999;
  const boxes = [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary,[role=button]')].filter(seen).map(e => {
    let r = e.getBoundingClientRect();
    if (['radio', 'checkbox'].includes(e.type) && e.labels[0]) {    /* the label is part of the target */
      const l = e.labels[0].getBoundingClientRect();
      r = { left: Math.min(r.left, l.left), right: Math.max(r.right, l.right), top: Math.min(r.top, l.top), bottom: Math.max(r.bottom, l.bottom) }; }
    const edge = Math.max(ratio(rgb(getComputedStyle(e).borderTopColor), behind(e.parentElement)),
      ratio(rgb(getComputedStyle(e).backgroundColor) || behind(e), behind(e.parentElement)));
    minEdge = Math.min(minEdge, edge);
    if (edge < 3) found.push('E3 edge ' + edge.toFixed(1) + ': ' + name(e));
    return { t: name(e), l: r.left, r: r.right, o: r.top, b: r.bottom, tile: e.classList.contains('tile'), sos: e.classList.contains('sos') }; });
  for (const x of boxes) {
    const m = Math.min(x.r - x.l, x.b - x.o), high = x.b - x.o; minTarget = Math.min(minTarget, m);
    if (m < 60) found.push('E4 target ' + Math.round(m) + ': ' + x.t);
    if (x.tile && high < 96) found.push('E4 tile ' + Math.round(high) + ': ' + x.t);
    if (x.sos && high < 112) found.push('E4 SOS ' + Math.round(high)); }
  for (const i of document.querySelectorAll('svg.i')) {             /* E3: pictures are seen too */
    if (!seen(i)) continue;
    const k = ratio(rgb(getComputedStyle(i).color), behind(i));
    if (k < 3) found.push('E3 icon ' + k.toFixed(1) + ' in ' + name(i.parentElement)); }
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const a = boxes[i], b = boxes[j], g = Math.max(a.l - b.r, b.l - a.r, a.o - b.b, b.o - a.b), need = a.tile && b.tile ? 16 : 8;
    minGap = Math.min(minGap, g);
    if (g < need - .5) found.push('E5 gap ' + Math.round(g) + ': ' + a.t + '/' + b.t);
    if ((a.sos || b.sos) && a.o < b.b && b.o < a.b) found.push('E5 beside SOS: ' + a.t + '/' + b.t); }

  /* the rest is counted */
  const shown = s => [...document.querySelectorAll(s)].filter(seen), main = shown('main')[0] || document.body;
  if (document.documentElement.scrollWidth > innerWidth) found.push('E7 sideways scroll ' + document.documentElement.scrollWidth);
  if (/user-scalable=no|maximum-scale=1/.test((document.querySelector('meta[name=viewport]') || {}).content || '')) found.push('E7 zoom blocked');
  if (!/^(zh|mn)/.test(document.documentElement.lang)) found.push('E8 lang');
  if (shown('h1').length !== 1) found.push('E8 ' + shown('h1').length + ' h1');
  if (shown('.primary').length > 1) found.push('E9 two primary buttons');
  if (shown('input:not([type=hidden]),select,textarea').length > 1) found.push('E9 two fields');
  const text = main.innerText, chars = (text.match(/\p{Script=Han}/gu) || []).length, questions = (text.match(/？/g) || []).length;
  if (chars > 120) found.push('E9 ' + chars + ' characters in main');
  if (questions > 1) found.push('E9 ' + questions + ' questions in main');
  if (!shown('a[href="tel:12349"]').length) found.push('E11 no phone number');
  if (document.querySelector('input[type=password]')) found.push('E13 password');
  if (!shown('[data-countdown]').length && !shown('header a, header button').some(e => e.innerText.includes('读给我听'))) found.push('E14 nothing to read aloud');
  if (document.querySelector('meta[http-equiv=refresh],marquee,[autoplay],dialog[open],[style]:not([style=""]),style,[onclick],iframe,video')) found.push('E17 motion, pop-up or inline style');
  if (document.getAnimations().length) found.push('E17 something moves');
  return { found: [...new Set(found)], body: Math.round(10 * parseFloat(getComputedStyle(document.body).fontSize)) / 10, minFont: Math.round(minFont),
    minLine: +minLine.toFixed(2), minContrast: +minContrast.toFixed(1), minEdge: +minEdge.toFixed(1), minTarget: Math.round(minTarget),
    minGap: Math.round(minGap), chars, targets: boxes.length, tiles: boxes.filter(x => x.tile).length, sos: boxes.filter(x => x.sos).length,
    tilesEnd: Math.round(Math.max(0, ...boxes.filter(x => x.tile || x.sos).map(x => x.b + scrollY))) };
}
