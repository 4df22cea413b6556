import { ArrowLeftOutlined, ArrowRightOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import { useChannelLabel } from '../../api/catalogue.js';
import { useAddress } from '../../app/address.js';
import { useText } from '../../texts/text-provider.js';
import { RouteForm } from './route-form.js';
import type { Route } from './draft.js';

const MOST = 10;

/** One route at a time, or all of them next to each other. */
export function RoutesForm({ onChanged }: { readonly onChanged: () => void }): ReactNode {
  const t = useText();
  const address = useAddress();
  const channelLabel = useChannelLabel();
  const form = Form.useFormInstance();
  const routes = (Form.useWatch('routes', { form, preserve: true }) ?? []) as readonly (Route | undefined)[];
  const [isBeside, setBeside] = useState(false);
  const shown = Math.min(Math.max(0, Number(address.get('route') || 1) - 1), Math.max(0, routes.length - 1));
  const show = (index: number): void => address.set({ route: index === 0 ? undefined : String(index + 1) });
  const titleOf = (index: number): string => {
    const channel = routes[index]?.channel;
    return `${index + 1} ${channel ? channelLabel(channel) : t('templates.route', { number: index + 1 })}`;
  };
  return (
    <Form.List name="routes">
      {(items, { add, move, remove }) => {
        const change = (act: () => void, then: number): void => {
          act();
          show(then);
          onChanged();
        };
        return (
          <>
            <div className="row">
              <h2 className="grow">{t('routes.title')}</h2>
              {items.length > 1 && (
                <label className="row-tight small">
                  <Switch size="small" checked={isBeside} onChange={setBeside} aria-label={t('routes.beside')} />
                  {t('routes.beside')}
                </label>
              )}
              <Button
                size="small"
                icon={<PlusOutlined />}
                disabled={items.length >= MOST}
                onClick={() => change(() => add({}), items.length)}
              >
                {t('templates.addRoute')}
              </Button>
            </div>
            {isBeside ? (
              <div className="routes-beside">
                {items.map(({ key, name }) => (
                  <fieldset key={key} className="nested">
                    <legend>{titleOf(name)}</legend>
                    <RouteForm index={name} onChanged={onChanged} />
                  </fieldset>
                ))}
              </div>
            ) : (
              <>
                <div className="row" role="group" aria-label={t('routes.title')}>
                  {items.map(({ key, name }) => (
                    <button
                      key={key}
                      type="button"
                      className={`chip ${name === shown ? 'is-on' : ''}`}
                      aria-pressed={name === shown}
                      onClick={() => show(name)}
                    >
                      {titleOf(name)}
                    </button>
                  ))}
                  <span className="grow" />
                  {items.length > 1 && (
                    <RouteTools
                      index={shown}
                      count={items.length}
                      onMove={(to) => change(() => move(shown, to), to)}
                      onRemove={() => change(() => remove(shown), Math.max(0, shown - 1))}
                    />
                  )}
                </div>
                {items.length > 0 && <RouteForm key={items[shown]?.key} index={shown} onChanged={onChanged} />}
              </>
            )}
          </>
        );
      }}
    </Form.List>
  );
}

interface ToolsProps {
  readonly index: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

/** The order of routes is the order of preference. */
function RouteTools({ index, count, onMove, onRemove }: ToolsProps): ReactNode {
  const t = useText();
  const number = index + 1;
  return (
    <div className="row">
      <Button
        size="small"
        icon={<ArrowLeftOutlined />}
        aria-label={t('routes.earlier', { number })}
        disabled={index === 0}
        onClick={() => onMove(index - 1)}
      />
      <Button
        size="small"
        icon={<ArrowRightOutlined />}
        aria-label={t('routes.later', { number })}
        disabled={index === count - 1}
        onClick={() => onMove(index + 1)}
      />
      <Button size="small" icon={<DeleteOutlined />} onClick={onRemove}>
        {t('templates.removeRoute')}
      </Button>
    </div>
  );
}
