/** The style sheet of the docs page. */
export const DOCS_STYLE = `:root {
  color-scheme: light dark;
  --ink: light-dark(#1b1f24, #e6e8eb);
  --soft: light-dark(#5b6570, #9aa4af);
  --line: light-dark(#dde1e6, #343a42);
  --back: light-dark(#ffffff, #15181c);
  --raised: light-dark(#f6f7f9, #1d2127);
  --link: light-dark(#0b5cad, #7ab8ff);
  --read: light-dark(#1a7f37, #56d364);
  --write: light-dark(#8a5a00, #e3b341);
  --remove: light-dark(#b91c28, #ff7b72);
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
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; padding: .3rem .6rem; background: var(--back); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
h3 a { color: inherit; overflow-wrap: anywhere; }
a:hover { text-decoration: underline; }
nav {
  position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto;
  padding: 0 1rem 2rem 1.5rem; overflow-wrap: anywhere;
}
nav h2 { margin: 1.2rem 0 .3rem; font-size: .8rem; text-transform: uppercase; color: var(--soft); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li { margin: .25rem 0; font-size: .86rem; }
.deprecated { text-decoration: line-through; }
main { padding: 0 2rem 4rem; border-left: 1px solid var(--line); }
main > section > h2 { margin: 1.6rem 0 .6rem; font-size: 1.2rem; }
article { margin: 0 0 1.2rem; padding: 1rem 1.2rem; border: 1px solid var(--line); border-radius: .5rem; }
article:target { border-color: var(--link); }
h3 { margin: 0; font-size: 1rem; }
h4 { margin: 1rem 0 .4rem; font-size: .86rem; color: var(--soft); }
p { margin: .4rem 0; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.method { font: 600 .78em ui-monospace, monospace; color: var(--read); }
.method.post, .method.put, .method.patch { color: var(--write); }
.method.delete { color: var(--remove); }
.warning { color: var(--write); }
details { border-top: 1px solid var(--line); padding: .35rem 0; }
summary { cursor: pointer; }
.status { font-weight: 600; }
.schema { margin: .3rem 0; padding: .5rem .8rem; background: var(--raised); border-radius: .4rem; overflow-x: auto; }
.schema > ul:first-child { padding-left: 0; border: 0; }
.schema ul { margin: .2rem 0; padding-left: 1.2rem; list-style: none; border-left: 1px solid var(--line); }
.media, .limit, .about { color: var(--soft); font-size: .9em; }
.limit { margin-left: .4em; }
@media (max-width: 50rem) {
  body { display: block; }
  nav { position: static; max-height: none; border-bottom: 1px solid var(--line); }
  main { padding: 0 1rem 3rem; border-left: 0; }
}
`;
