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
:root{color-scheme:light dark;--ink:#0f172a;--soft:#475569;--line:#94a3b8;--paper:#fff;--tint:#f1f5f9;--act:#0f766e;--on:#fff;--bad:#b91c1c}
@media(prefers-color-scheme:dark){:root{--ink:#e2e8f0;--soft:#a8b5c7;--line:#64748b;--paper:#0b1220;--tint:#162032;--act:#2dd4bf;--on:#042f2e;--bad:#fca5a5}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:38rem;margin:0 auto;padding:16px 16px 48px}
header{display:flex;justify-content:space-between;gap:16px;flex-wrap:wrap;padding:12px 16px;border-bottom:1px solid var(--line)}
header span{font-weight:600}
a{color:var(--act)}
h1{font-size:1.5rem;line-height:1.25;margin:16px 0 8px}
h2{font-size:1.25rem;margin:32px 0 0}
p{margin:8px 0}
.soft{color:var(--soft)}
fieldset{border:0;border-top:1px solid var(--line);margin:24px 0 0;padding:16px 0 0;min-width:0}
fieldset fieldset{border-top:0;margin-top:8px;padding-top:0}
legend{padding:0 8px 0 0;font-weight:600;float:left;width:100%}
legend+*{clear:both}
fieldset fieldset legend{font-weight:400}
.scale{display:flex;flex-wrap:wrap;gap:8px;padding-top:8px}
.scale label,.tick,.choice{position:relative;display:inline-flex;align-items:center;justify-content:center;min-width:44px;min-height:44px;border:1px solid var(--line);border-radius:8px;padding:4px 10px;cursor:pointer;background:var(--paper)}
.scale input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer}
.scale label:has(input:checked){background:var(--act);color:var(--on);border-color:var(--act);font-weight:600}
.scale label:has(input:focus-visible),.tick:has(input:focus-visible){outline:3px solid var(--act);outline-offset:2px}
.ends{display:flex;justify-content:space-between;gap:16px;color:var(--soft);font-size:.875rem;padding-top:4px}
.tick{display:flex;justify-content:flex-start;gap:12px;width:100%;margin-top:8px;text-align:left}
.tick input{width:20px;height:20px;flex:none;accent-color:var(--act)}
details{margin-top:12px}
summary{min-height:44px;display:flex;align-items:center;cursor:pointer;color:var(--act);text-decoration:underline}
summary:focus-visible,button:focus-visible,textarea:focus-visible,a:focus-visible{outline:3px solid var(--act);outline-offset:2px}
textarea{display:block;width:100%;margin-top:4px;padding:8px;border:1px solid var(--line);border-radius:8px;background:var(--paper);color:var(--ink);font:inherit}
.words{display:block;margin-top:16px}
.buttons{display:flex;flex-wrap:wrap;gap:12px;margin-top:24px}
button{min-height:48px;padding:8px 20px;border-radius:8px;border:1px solid var(--act);background:var(--paper);color:var(--act);font:inherit;cursor:pointer}
button.main{background:var(--act);color:var(--on);font-weight:600}
button.plain{border-color:transparent;text-decoration:underline;padding:8px 0;min-height:44px}
.problem{border:1px solid var(--bad);border-radius:8px;padding:8px 16px;margin:16px 0}
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
<header><span>Throughline</span>${others.length > 0 && markup`<nav aria-label="Language / Sprache">${others}</nav>`}</header>
<main>${body}</main>
</body>
</html>
`.text;
}
