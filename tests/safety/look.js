// What must not be in a page, run or not: handlers, other schemes, what frames, loads or moves.
() => {
  const LEADS = /^(href|src|action|formaction|data|xlink:href|srcdoc|background)$/i;
  const RUNS = /^[\s\x00-\x20]*(javascript|vbscript|data:text|data:image\/svg|blob|filesystem):?/i;
  const NEVER = /^(iframe|frame|object|embed|base|marquee|math|animate|set|xmp|plaintext)$/;
  const LOADS = /stylesheet|preload|import|manifest/;
  const found = [], data = /^(application\/(ld\+)?json|importmap)$/;
  const ours = (address) => new URL(address, location.href).origin === location.origin;
  for (const element of document.querySelectorAll("*")) {
    const tag = element.localName, said = { toString: () => element.outerHTML.slice(0, 160) };
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) found.push(`handler: ${said}`);
      if (LEADS.test(name) && RUNS.test(value)) found.push(`scheme: ${said}`);
      if (name === "style" && /url\(|expression|inset:0/.test(value)) found.push(`style: ${said}`);
    }
    if (tag === "script" && element.src && !ours(element.src)) found.push(`script: ${said}`);
    if (tag === "script" && !element.src && !data.test(element.type))
      found.push(`inline:${element.textContent}`);
    if (NEVER.test(tag)) found.push(`element: ${said}`);
    if (tag === "meta" && element.httpEquiv.toLowerCase() === "refresh") found.push(`${said}`);
    if (tag === "form" && !ours(element.getAttribute("action") || "")) found.push(`form: ${said}`);
    if (tag === "link" && LOADS.test(element.rel) && !ours(element.href))
      found.push(`link: ${said}`);
  }
  return found;
}
