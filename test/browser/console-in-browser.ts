import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { TEST_ADMIN_KEY } from '#libs/testing';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Goes to an address as a click in the navigation does. Runs in the page, hence a text: nothing here knows the DOM. */
const LEAVE = `(next) => {
  const left = document.querySelector('.page');
  const pathOf = (url) => new URL(url, location.href).pathname.replace(/[/]$/, '');
  if (left && pathOf(next) !== pathOf(location.href)) left.dataset.left = '';
  history.pushState(null, '', next);
  dispatchEvent(new PopStateEvent('popstate'));
}`;

/** Asked for with an explicit flag only: pictures differ with the fonts of a machine. */
const PICTURES = process.env['HONGYAN_SCREENSHOTS'];
const FOLDER = join(import.meta.dirname, '../../docs/console');

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WIDTH = 1440;
const HEIGHT = 900;

export interface Look {
  readonly language?: 'zh' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
}

/** Names and places of a serious accessibility fault. */
export type AxeFault = string;

const browserPath = (): string => {
  const path = process.env['CHROMIUM'] ?? CANDIDATES.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error('No Chromium was found: set CHROMIUM to its path');
  return path;
};

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** The console in a browser of its own; everything that it complained about is kept. */
export class ConsoleInBrowser {
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly url: string,
  ) {}

  static async open(
    browser: Browser,
    apiUrl: string,
    { language = 'zh', theme = 'light', width = WIDTH }: Look = {},
  ): Promise<ConsoleInBrowser> {
    const context = await browser.newContext({
      viewport: { width, height: HEIGHT },
      locale: language === 'zh' ? 'zh-CN' : 'en-US',
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const opened = new ConsoleInBrowser(page, context, `${apiUrl}/console`);
    page.on('pageerror', (error) => opened.complaints.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') opened.complaints.push(`${line.text()} ${line.location().url}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(apiUrl) && !/^(data|blob):/.test(request.url())) {
        opened.complaints.push(`asks a stranger: ${request.url()}`);
      }
    });
    await page.goto(opened.url);
    return opened;
  }

  async signIn(key: string = TEST_ADMIN_KEY): Promise<void> {
    await this.page.locator('#key').fill(key);
    await this.page.keyboard.press('Enter');
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`);
    await this.page.locator('.page h1').first().waitFor();
  }

  /** Goes to another page as a click in the navigation does, and waits until it is there. */
  async visit(path: string): Promise<void> {
    await this.page.evaluate(`(${LEAVE})(${JSON.stringify(`/console${path}`)})`);
    // The page that is left stays until the next one is there.
    await this.page.locator('.page[data-left]').waitFor({ state: 'detached' });
    await this.page.locator('.page h1').first().waitFor();
    await this.settled();
  }

  /** Resolves when nothing on the page is being loaded. */
  async settled(): Promise<void> {
    await this.page.locator('[aria-busy="true"], .ant-skeleton').first().waitFor({ state: 'detached' });
  }

  /** Serious faults of the page as it stands. */
  async axe(): Promise<readonly AxeFault[]> {
    // Evaluated by the tools of the browser, which stand outside the page's policy.
    if (!(await this.page.evaluate(() => 'axe' in globalThis))) await this.page.evaluate(AXE);
    return this.page.evaluate(async () => {
      const axe = (globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } }).axe;
      interface AxeViolation {
        readonly id: string;
        readonly impact?: string;
        readonly nodes: readonly { readonly html: string }[];
      }
      const { violations } = await axe.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    });
  }

  async picture(name: string, height = HEIGHT): Promise<void> {
    if (PICTURES === undefined) return;
    const width = this.page.viewportSize()?.width ?? WIDTH;
    await this.page.setViewportSize({ width, height });
    const path = join(FOLDER, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
    await this.page.setViewportSize({ width, height: HEIGHT });
  }

  /** Forgets complaints that a scenario has brought about; there has to be one. */
  expects(pattern: RegExp): void {
    const others = this.complaints.filter((line) => !pattern.test(line));
    if (others.length === this.complaints.length) throw new Error(`The browser did not complain of ${String(pattern)}`);
    this.complaints.splice(0, this.complaints.length, ...others);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
