import type { Browser, Page } from 'playwright-core';
import { System } from '../e2e/system.js';
import { ConsoleInBrowser, openBrowser, type Look } from './console-in-browser.js';

/** How a scenario comes in: look of the browser and the key, by default that of the administrator. */
export interface Entrance extends Look {
  readonly key?: string;
}

/**
 * One product and one Chromium for all scenarios of a run. What a scenario makes has names of its own, and it leaves
 * queues running, faults off and the clock alone, as another one follows. Recipients are named as the vendor calls
 * them: user ids lead nowhere once somebody is in the directory.
 */
class Stage {
  private running: { readonly system: System; readonly browser: Browser } | undefined;
  private consoles: ConsoleInBrowser[] = [];

  async start(): Promise<void> {
    const config = { webhookAllowedNetworks: ['127.0.0.0/8'] };
    this.running = { system: await System.start({ backend: 'postgres', config }), browser: await openBrowser() };
  }

  async stop(): Promise<void> {
    await this.running?.browser.close();
    await this.running?.system.close();
  }

  get system(): System {
    return this.parts.system;
  }

  /** The console that was opened last. */
  get shown(): ConsoleInBrowser {
    const last = this.consoles.at(-1);
    if (!last) throw new Error('No console was opened');
    return last;
  }

  /** A browser window of its own, before the sign-in. */
  async open(look: Look = {}): Promise<ConsoleInBrowser> {
    const opened = await ConsoleInBrowser.open(this.parts.browser, this.system.apiUrl, look);
    this.consoles.push(opened);
    return opened;
  }

  async signedIn({ key, ...look }: Entrance = {}): Promise<Page> {
    const opened = await this.open(look);
    await opened.signIn(key);
    await opened.page.locator('.page h1').first().waitFor();
    return opened.page;
  }

  /** Closes every window; answers what the browsers complained about and nobody expected. */
  async clear(): Promise<readonly string[]> {
    const complaints = this.consoles.flatMap((console) => console.complaints);
    await Promise.all(this.consoles.splice(0).map((console) => console.close()));
    await this.system.sandbox.clearFaults();
    return complaints;
  }

  private get parts(): { readonly system: System; readonly browser: Browser } {
    if (!this.running) throw new Error('The stage is not set');
    return this.running;
  }
}

export const stage = new Stage();
