import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';

export interface ReceivedEvent {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: AnswerBody;
}

type Answer = (response: ServerResponse) => void;

const withStatus =
  (status: number): Answer =>
  (response) =>
    void response.writeHead(status).end(`answered ${status}`);

/** A business system that is told events. */
export class WebhookReceiver {
  readonly events: ReceivedEvent[] = [];
  private answer: Answer = withStatus(204);

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => {
      void text(request).then((body) => {
        const { headers } = request;
        receiver.events.push({ id: String(headers['webhook-id']), headers, text: body, body: JSON.parse(body) });
        receiver.answer(response);
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  answerWith(answer: number | Answer): void {
    this.answer = typeof answer === 'number' ? withStatus(answer) : answer;
  }

  of(type: string): ReceivedEvent[] {
    return this.events.filter(({ body }) => body.type === type);
  }

  async received(type: string, count = 1): Promise<ReceivedEvent[]> {
    const enough = async (): Promise<boolean> => this.of(type).length >= count;
    await waitFor(enough, { deadlineMs: 30_000, intervalMs: 20, what: `${count} events ${type}` });
    return this.of(type);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
