/** The element with this id; a page without it is broken, and says so. */
export function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`element: expected a ${kind.name} with id ${id}`);
  return found;
}
