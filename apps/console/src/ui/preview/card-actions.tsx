import type { ReactNode } from 'react';
import { useText } from '../../texts/text-provider.js';
import type { Look } from './look.js';
import { SafeText } from './rich-text.js';

/** As many letters fit beside each other. */
const SHORT = 4;
const STYLES = ['primary', 'soft', 'danger', 'grey'];

/** Selections and votes; the preview answers nothing, so they are drawn and cannot be used. */
export function Questions({ look }: { readonly look: Look }): ReactNode {
  return (
    <>
      {look.looks('select').map((select, index) => (
        <Select key={index} look={select} />
      ))}
      {look.looks('question').map((question, index) => (
        <div key={index} className="look-options">
          {question.looks('options').map((option, place) => {
            const isChecked = option.is('isChecked');
            const signs = question.is('isSeveral') ? ['☐', '☑'] : ['○', '◉'];
            return (
              <div key={place} className="look-option" dir="auto">
                <span aria-hidden>{signs[Number(isChecked)]}</span> <SafeText text={option.text('option')} />
              </div>
            );
          })}
        </div>
      ))}
    </>
  );
}

function Select({ look }: { readonly look: Look }): ReactNode {
  const options = look.looks('options');
  const chosen = options.find((option) => option.text('id') === look.text('chosen')) ?? options[0];
  return (
    <div className="look-select" dir="auto">
      <span className="look-key">
        <SafeText text={look.text('label')} />
      </span>
      <span>
        <SafeText text={chosen?.text('option') ?? ''} /> <span aria-hidden>▾</span>
      </span>
    </div>
  );
}

interface ButtonShown {
  readonly label: string;
  readonly style: string;
  readonly target: string;
}

const buttonsOf = (look: Look): readonly ButtonShown[] => [
  ...look.texts('button').map((label) => ({ label, style: 'primary', target: '' })),
  ...look.looks('buttons').map((button) => ({
    label: button.text('button') || button.text('title'),
    style: STYLES[Number(button.text('tone') || 1) - 1] ?? 'primary',
    target: button.target(),
  })),
];

/** A card that was dealt with keeps one grey button. */
export function Buttons({ look }: { readonly look: Look }): ReactNode {
  const replaced = look.text('replaced');
  const buttons = replaced === '' ? buttonsOf(look) : [{ label: replaced, style: 'grey', target: '' }];
  if (buttons.length === 0) return null;
  const areShort = buttons.length > 2 && buttons.every(({ label }) => [...label].length <= SHORT);
  const isRow = look.is('sideBySide') || areShort;
  return (
    <div className={`look-buttons${isRow ? ' is-row' : ''}`}>
      {buttons.map(({ label, style, target }, index) => (
        <span key={index} className={`look-button is-${style}`} title={target || undefined} dir="auto">
          <SafeText text={label} />
        </span>
      ))}
    </div>
  );
}

/** What the card as a whole, or one of its lines, would open. */
export function Footers({ look }: { readonly look: Look }): ReactNode {
  const t = useText();
  const own = look.text('footer');
  const lines = [
    ...(own === '' ? [] : [{ label: own, target: look.target() }]),
    ...look.looks('footers').map((line) => ({ label: line.text('footer'), target: line.target() })),
    ...(look.text('miniProgram') === '' ? [] : [{ label: t('look.miniProgram'), target: look.text('miniProgram') }]),
  ];
  return lines.map(({ label, target }, index) => (
    <div key={index} className="look-footer" title={target || undefined} dir="auto">
      <span>
        <SafeText text={label} />
      </span>
      <span aria-hidden>›</span>
    </div>
  ));
}
