import { createHash } from 'node:crypto';

/** Text that may stand in HTML. Only `markup` makes one: everything else is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);

type Part = Markup | string | number | null | undefined | false | readonly Markup[];

const render = (part: Part): string =>
  part === null || part === undefined || part === false
    ? ''
    : part instanceof Markup
      ? part.text
      : Array.isArray(part)
        ? part.map(render).join('')
        : escape(String(part));

/** HTML with every value in it escaped, unless it is HTML itself. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(texts.reduce((soFar, text, index) => soFar + render(parts[index - 1]) + text));
}

const style = `
:root{color-scheme:light dark;--ink:#0f172a;--soft:#475569;--line:#8592a6;--soft-line:#e2e8f0;--paper:#fff;--tint:#f4f6f9;--chosen:#e6f4f2;--act:#0f766e;--on:#fff;--bad:#b91c1c}
@media(prefers-color-scheme:dark){:root{--ink:#e2e8f0;--soft:#a8b5c7;--line:#6b7a90;--soft-line:#222c3c;--paper:#141b27;--tint:#0b1018;--chosen:#10302e;--act:#2dd4bf;--on:#042f2e;--bad:#fca5a5}}
*{box-sizing:border-box}
body{margin:0;background:var(--tint);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:40rem;margin:0 auto;padding:16px 16px 48px}
header{background:var(--paper);border-bottom:1px solid var(--soft-line)}
header div{display:flex;justify-content:space-between;align-items:center;gap:16px;flex-wrap:wrap;max-width:40rem;margin:0 auto;padding:4px 16px}
header span{display:inline-flex;align-items:center;gap:8px;font-weight:600;min-height:44px}
header svg{color:var(--act)}
header a{display:inline-flex;align-items:center;min-height:44px}
a{color:var(--act)}
h1{font-size:1.5rem;line-height:1.25;margin:16px 0 8px}
h2{font-size:1.25rem;margin:32px 0 4px}
p{margin:8px 0}
.soft{color:var(--soft)}
fieldset,.box{border:1px solid var(--soft-line);border-radius:12px;background:var(--paper);margin:12px 0 0;padding:16px;min-width:0}
fieldset fieldset{border:0;margin-top:4px;padding:0;background:none}
legend{padding:0 8px 0 0;font-weight:600;float:left;width:100%}
legend+*{clear:both}
fieldset fieldset legend{font-weight:400}
legend .soft{display:block;font-weight:400;font-size:.875rem}
.scale{display:grid;grid-template-columns:repeat(auto-fill,minmax(44px,1fr));gap:8px;padding-top:12px}
.scale .wide{grid-column:span 3}
.scale .half{grid-column:span 2}
@media(max-width:359px){.scale:has(>:nth-child(11)){grid-template-columns:repeat(4,1fr)}}
@media(max-width:639px){.scale:has(>:nth-child(7):last-child){grid-template-columns:repeat(4,1fr)}}
@media(min-width:640px){.scale{grid-template-columns:repeat(11,minmax(0,1fr))}}
.scale label,.tick,.choice{position:relative;display:inline-flex;align-items:center;justify-content:center;min-width:44px;min-height:44px;border:1px solid var(--line);border-radius:8px;padding:4px 8px;cursor:pointer;background:var(--paper);text-align:center}
.scale label:hover,.tick:hover{border-color:var(--act)}
.scale input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer}
.tick:has(input:checked){background:var(--chosen);border-color:var(--act)}
.scale label:has(input:checked){background:var(--act);color:var(--on);border-color:var(--act);font-weight:600}
.scale label:has(input:focus-visible),.tick:has(input:focus-visible){outline:3px solid var(--act);outline-offset:2px}
.tick{display:flex;justify-content:flex-start;gap:12px;width:100%;margin-top:8px;text-align:left}
.tick input{width:20px;height:20px;flex:none;accent-color:var(--act)}
details{margin-top:12px}
summary{min-height:44px;display:flex;align-items:center;gap:8px;cursor:pointer;color:var(--act)}
summary::before{content:"";width:7px;height:7px;border:solid currentcolor;border-width:2px 2px 0 0;transform:rotate(45deg)}
details[open] summary::before{transform:rotate(135deg)}
summary:focus-visible,button:focus-visible,textarea:focus-visible,a:focus-visible{outline:3px solid var(--act);outline-offset:2px}
textarea{display:block;width:100%;margin-top:8px;padding:10px 12px;font-weight:400;border:1px solid var(--line);border-radius:8px;background:var(--paper);color:var(--ink);font:inherit}
.words{display:block;margin-top:16px;font-weight:600}
details .words{font-weight:400}
.box>.words{margin-top:0}
.box>.tick{margin-top:16px}
.buttons{display:flex;flex-wrap:wrap;gap:12px;margin-top:16px}
@media(max-width:479px){.buttons button{width:100%}}
button{min-height:48px;padding:8px 20px;border-radius:8px;border:1px solid var(--act);background:var(--paper);color:var(--act);font:inherit;cursor:pointer}
button.main{background:var(--act);color:var(--on);font-weight:600}
button.plain{border-color:transparent;background:none;text-decoration:underline;padding:8px 0;min-height:44px}
.problem{border:1px solid var(--bad);border-left-width:4px;border-radius:12px;background:var(--paper);padding:8px 16px;margin:16px 0}
.problem h2{margin-top:0}
.wrong{color:var(--bad);font-weight:600;clear:both}
`.trim();

const styleHash = createHash('sha256').update(style).digest('base64');

/** No script, no picture, no other site: what the page needs is in the page. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

export interface Frame {
  readonly lang: string;
  readonly title: string;
  /** The other languages, where the page can be read in them. */
  readonly languages: readonly { readonly lang: string; readonly name: string; readonly href: string }[];
  readonly body: Markup;
}

/** A whole page. */
export function page({ lang, title, languages, body }: Frame): string {
  const others = languages.map(({ lang: other, name, href }) => markup`<a href="${href}" hreflang="${other}" lang="${other}">${name}</a>`);
  return markup`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<header><div><span><svg viewBox="0 0 40 12" width="40" height="12" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.75"><path d="M2 6h35M34 2l4 4-4 4"/><path d="M3 6h.01M10 6h.01M17 6h.01M24 6h.01M31 6h.01" stroke-width="4.5" stroke-linecap="round"/></svg>Throughline</span>${others.length > 0 && markup`<nav aria-label="Language / Sprache">${others}</nav>`}</div></header>
<main>${body}</main>
</body>
</html>
`.text;
}
