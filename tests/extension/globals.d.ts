/** The one namespace that our content scripts share inside their isolated world. */
interface ShopperScripts {
  shadow(name: string, styles: string): { host: HTMLElement; root: ShadowRoot };
  element(tag: string, parts?: Record<string, unknown>, ...children: (Node | string | null)[]): HTMLElement;
  drawing(outline: string): SVGSVGElement;
  words(name: string, ...parts: (string | number)[]): string;
  pageLink(link: { kind: string; label: string; url: string }, click?: () => void): HTMLElement;
  ask(message: object): Promise<any>;
  hear(listener: (message: any) => void): void;
  confirm(view: any, deed: string): Promise<{ go: boolean; always: boolean }>;
  controlsAt(path: string): string;
  deedOf(control: Element, path: string): string;
  trimmed(selectors: string[]): string;
  fragment(selectors: string[]): string;
  ORDERS: string[];
  pageKindOf(path: string): PageKind | null;
  retriesOf(look: () => void): { later(): void; reset(): void };
}

/** A kind of page by address, with the parts of it that are sent. */
interface PageKind {
  path: RegExp;
  parts: string[];
  lasting?: boolean;
  list?: boolean;
  buying?: boolean;
}

// eslint-disable-next-line no-var -- only `var` puts a name on globalThis
declare var shopper: ShopperScripts;
