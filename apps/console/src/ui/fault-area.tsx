import { Button } from 'antd';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.js';
import { useText, type Translate } from '../texts/text-provider.js';
import { CopyButton } from './copy-button.js';

/** One sentence about what went wrong. */
export function faultSentence(error: unknown, t: Translate): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : t('fault.unexpected');
  if (error.status === 0) return t('fault.unreachable');
  if (error.status === 503) return error.problem.detail ?? t('fault.unavailable');
  return error.problem.detail ?? error.problem.title ?? t('fault.unexpected');
}

export interface FaultAreaProps {
  readonly error: unknown;
  readonly retry?: () => void;
}

/** In the place of what could not be loaded; everything else on the page stays. */
export function FaultArea({ error, retry }: FaultAreaProps): ReactNode {
  const t = useText();
  const problem = error instanceof ApiError ? error.problem : {};
  return (
    <div className="notice is-danger" role="alert">
      <div className="grow">
        <div className="strong">{faultSentence(error, t)}</div>
        <div className="row small muted">
          {problem.code !== undefined && <span className="mono">{problem.code}</span>}
          {problem.requestId !== undefined && (
            <span className="row-tight">
              {t('fault.requestId')} <span className="mono">{problem.requestId}</span>
              <CopyButton text={problem.requestId} />
            </span>
          )}
        </div>
      </div>
      {retry && <Button onClick={retry}>{t('action.retry')}</Button>}
    </div>
  );
}
