/** The little of the DOM that the page functions read; the project's own types hold no DOM, since its code runs in Node. */
export interface DomElement {
  readonly textContent: string | null;
  readonly innerText: string;
  readonly value?: string;
  readonly clientHeight: number;
  readonly offsetParent: unknown;
  readonly style: { readonly top: string; readonly height: string };
  readonly classList: { contains(name: string): boolean };
  getAttribute(name: string): string | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
}
