import { Controller, Get, Header, Headers, HttpCode, Query } from '@nestjs/common';
import { FaultSwitches } from '../faults/fault-switches.service.js';
import { Inbox } from '../inbox/inbox.service.js';
import { showEntry } from '../inbox/show-entry.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import { drawFeed, drawPage, type FeedState, type PageFilter } from './draw-page.js';
import { REFRESH_SCRIPT, STYLE } from './page-assets.js';
import { languageOf } from './page-texts.js';

const SHOWN = 100;
const HTML_TYPE = 'text/html; charset=utf-8';
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const toFilter = (query: Readonly<Record<string, unknown>>): PageFilter => ({
  channel: text(query['channel']),
  recipient: text(query['recipient']),
});

/** The inbox for people: drawn here, refreshed by a few lines of script. */
@Controller()
export class PageController {
  constructor(
    private readonly inbox: Inbox,
    private readonly faults: FaultSwitches,
    private readonly clock: SandboxClock,
  ) {}

  @Get()
  @Header('content-type', HTML_TYPE)
  @Header('content-security-policy', POLICY)
  page(@Query() query: Record<string, unknown>, @Headers('accept-language') accepted?: string): string {
    const filter = toFilter(query);
    return drawPage(this.state(filter), filter, languageOf(accepted)).text;
  }

  @Get('_sandbox/page/feed')
  @Header('content-type', HTML_TYPE)
  feed(@Query() query: Record<string, unknown>, @Headers('accept-language') accepted?: string): string {
    const filter = toFilter(query);
    return drawFeed(this.state(filter), filter, languageOf(accepted)).text;
  }

  @Get('_sandbox/page/refresh.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return REFRESH_SCRIPT;
  }

  @Get('_sandbox/page/style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return STYLE;
  }

  @Get('favicon.ico')
  @HttpCode(204)
  icon(): void {
    return undefined;
  }

  private state({ channel, recipient }: PageFilter): FeedState {
    const filter = { channel: channel || undefined, recipient: recipient || undefined, limit: SHOWN };
    return {
      entries: this.inbox.list(filter).map(showEntry),
      activeFaults: this.faults.activeCount(),
      clockOffsetMs: this.clock.offsetMs,
    };
  }
}
