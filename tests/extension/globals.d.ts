/** The one namespace that our content scripts share inside their isolated world. */
interface ShopperScripts {
  alive(): boolean;
  shadow(name: string, styles: string): { host: HTMLElement; root: ShadowRoot };
  element(tag: string, parts?: Record<string, unknown>, ...children: (Node | string | null)[]): HTMLElement;
  drawing(outline: string): SVGSVGElement;
  learn(texts: Record<string, string>, theme: string): void;
  words(name: string, ...parts: (string | number)[]): string;
  sentence(text: string, ...names: (string | undefined)[]): (Node | string)[];
  pageLink(link: { kind: string; label: string; url: string }, click?: () => void): HTMLElement;
  ask(message: object): Promise<any>;
  /** What the background says about the page before it is judged; set by guard.js. */
  standing?: Promise<any>;
  hear(listener: (message: any) => void): void;
  /** Exists once the background has injected dialog.js into the page: see guard.js. */
  confirm?(view: PageView, name: string): Promise<{ go: boolean; always: boolean; removed: boolean }>;
  actionOf(element: Element): { name: string; control: Element } | null;
  actionOfForm(form: HTMLFormElement, submitter: Element | null): { name: string; control: Element } | null;
  formOf(control: Element): HTMLFormElement | null;
  isOrderTarget(address: string): boolean;
  snapshot(selectors: string[]): string;
  fragment(selectors: string[]): string;
  ORDERS: string[];
  pageKindOf(path: string, search?: string): PageKind | null;
  LANGUAGE_PREFIX: string;
  /** Lists of selectors, named by their index in PAGE_ROWS. */
  SENT_PARTS: string[][];
  /** Kind, path, query, index of the parts to send; then 1 for a page worth keeping, 2 for a list, 4 for a step of buying, added up. */
  PAGE_ROWS: [string, string, string, number, number][];
  /** Name, kinds of pages or null for all, selectors of the controls. */
  GUARDED_ACTIONS: [string, string[] | null, string[]][];
  retriesOf(look: () => void): { later(): void; reset(): void };
  isReading?: boolean;
}

type Reason = import("../../extension/lib/types.js").Reason & { shape: string };

/** What the background tells a page about itself: `drawn` in lib/views.js. */
interface PageView {
  standing: import("../../extension/lib/types.js").Standing;
  visit: string | null;
  account: (Omit<import("../../extension/lib/types.js").Account, "purpose"> & { purpose: string | null; shape: string }) | null;
  /** Most severe first, without those that the user has handled. */
  reasons: Reason[];
}

/** The addresses of one kind of page and the parts of it that are sent, as pages.toml says. */
interface PageKind {
  kind: string;
  parts: string[];
  lasting: boolean;
  list: boolean;
  buying: boolean;
}

// eslint-disable-next-line no-var -- only `var` puts a name on globalThis
declare var shopper: ShopperScripts;
