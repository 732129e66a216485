/** The style sheet of the docs page. */
export const DOCS_STYLE = `:root {
  color-scheme: light dark;
  --ink: light-dark(#1b1f24, #e6e8eb);
  --soft: light-dark(#5b6570, #9aa4af);
  --line: light-dark(#dde1e6, #343a42);
  --back: light-dark(#ffffff, #15181c);
  --raised: light-dark(#f6f7f9, #1d2127);
  --link: light-dark(#0b5cad, #7ab8ff);
}
* { box-sizing: border-box; }
body {
  margin: 0; display: grid; grid-template: auto 1fr / minmax(16rem, 22rem) minmax(0, 1fr);
  font: 15px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--back);
}
header { grid-column: 1 / -1; padding: 1rem 1.5rem; border-bottom: 1px solid var(--line); }
header p { margin: 0; color: var(--soft); }
h1 { margin: 0; font-size: 1.4rem; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
nav { padding: 0 1rem 2rem 1.5rem; border-right: 1px solid var(--line); overflow-wrap: anywhere; }
nav h2 { margin: 1.2rem 0 .3rem; font-size: .8rem; text-transform: uppercase; color: var(--soft); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li { margin: .25rem 0; font-size: .86rem; }
.deprecated { text-decoration: line-through; }
main { padding: 0 2rem 4rem; }
main > section > h2 { margin: 1.6rem 0 .6rem; font-size: 1.2rem; }
article { margin: 0 0 1.2rem; padding: 1rem 1.2rem; border: 1px solid var(--line); border-radius: .5rem; }
article:target { border-color: var(--link); }
h3 { margin: 0; font-size: 1rem; }
h4 { margin: 1rem 0 .4rem; font-size: .86rem; color: var(--soft); }
p { margin: .4rem 0; }
code { font: .9em ui-monospace, monospace; }
.method { font: 600 .78em ui-monospace, monospace; color: #1a7f37; }
.method.post, .method.put, .method.patch { color: #9a6700; }
.method.delete { color: #cf222e; }
.warning { color: #9a6700; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; font-size: .8rem; color: var(--soft); }
td, th { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
details { border-top: 1px solid var(--line); padding: .35rem 0; }
summary { cursor: pointer; }
.status { font-weight: 600; }
.schema { margin: .3rem 0; padding: .5rem .8rem; background: var(--raised); border-radius: .4rem; overflow-x: auto; }
.schema ul { margin: .2rem 0; padding-left: 1.2rem; list-style: none; border-left: 1px solid var(--line); }
.media, .limit, .about { color: var(--soft); font-size: .9em; }
.limit { margin-left: .4em; }
@media (max-width: 50rem) {
  body { display: block; }
  nav { border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 0 1rem 3rem; }
}
`;
