import { ConsoleLogger, type LoggerService, type LogLevel as NestLogLevel } from '@nestjs/common';
import type { AppConfig, LogLevel } from './app-config.js';

const WRITTEN: Readonly<Record<LogLevel, readonly NestLogLevel[]>> = {
  silent: [],
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
};

/** Lines for people; on stderr, so that stdout stays free for results. */
class TextLogger extends ConsoleLogger {
  protected override printMessages(...call: Parameters<ConsoleLogger['printMessages']>): void {
    const [messages, context, level, , stack, params] = call;
    super.printMessages(messages, context, level, 'stderr', stack, params);
  }
}

/** Where log lines go: JSON to stdout (errors: stderr), or text to stderr. It masks nothing by itself. */
export function createLogger({ logLevel, logFormat }: Pick<AppConfig, 'logLevel' | 'logFormat'>): LoggerService {
  const logLevels = [...WRITTEN[logLevel]];
  if (logFormat === 'json') return new ConsoleLogger({ json: true, colors: false, logLevels });
  return new TextLogger({ colors: process.stderr.isTTY ?? false, logLevels });
}
