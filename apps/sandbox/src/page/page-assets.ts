/** Fetches the feed again every two seconds and keeps opened details open. */
export const REFRESH_SCRIPT = `'use strict';
const feed = document.getElementById('feed');
let shown = '';

async function refresh() {
  const answer = await fetch('/_sandbox/page/feed' + location.search);
  const markup = await answer.text();
  if (!answer.ok || markup === shown) return;
  shown = markup;
  const open = [...feed.querySelectorAll('details[open]')].map((details) => details.id);
  feed.innerHTML = markup;
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
}

async function press(button) {
  const article = button.closest('article');
  const chosen = new Map();
  for (const { name, value } of button.closest('form').querySelectorAll('input:checked')) {
    chosen.set(name, [...(chosen.get(name) ?? []), value]);
  }
  const selections = [...chosen].map(([question, options]) => ({ question, options }));
  const user = article.querySelector('.presser').value;
  const answer = await fetch('/_sandbox/inbox/' + article.dataset.entry + '/click', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, key: button.dataset.key, selections }),
  });
  const { callback, error } = await answer.json();
  await refresh();
  const told = document.querySelector('article[data-entry="' + article.dataset.entry + '"] .told');
  const fault = error ?? (callback.status === 200 ? '' : 'HTTP ' + callback.status);
  told.textContent = fault === '' ? '' : told.dataset.failed + fault;
}

feed.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-key]');
  if (button) press(button).catch(() => undefined);
});

setInterval(() => {
  if (!document.hidden) refresh().catch(() => undefined);
}, 2000);
`;

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f7fa; --card: #fff; --text: #1d2129; --muted: #4e5969; --line: #e4e6e9; --link: #2257c5;
  --info: #1a7f37; --warning: #b93a0b; --amber: #fff3da; --amber-text: #8a5300; --quote: #f3f4f6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1216; --card: #1e242c; --text: #e6eaf0; --muted: #b3bcc8; --line: #33383f; --link: #8ab4ff;
    --info: #6fcf97; --warning: #ffa37a; --amber: #3a2b0c; --amber-text: #f2c063; --quote: #2a2f36;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/22px system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif; }
.top { display: flex; flex-wrap: wrap; gap: 16px; align-items: center; justify-content: space-between;
  max-width: 760px; margin: 0 auto; padding: 24px 16px 8px; }
h1 { margin: 0; font-size: 22px; line-height: 30px; }
p { margin: 0; }
form { display: flex; gap: 8px; }
.opener { display: inline; }
.opener .chip { cursor: pointer; background: none; }
input, select, button { font: inherit; color: inherit; padding: 5px 10px; background: var(--card); border: 1px solid #8792a2; border-radius: 6px; }
input { width: 130px; }
main { max-width: 760px; margin: 0 auto; padding: 8px 16px 48px; }
article { margin: 16px 0; }
header { display: flex; flex-wrap: wrap; gap: 8px; align-items: baseline; }
time { margin-left: auto; color: var(--muted); font-size: 12px; }
.muted { color: var(--muted); font-size: 13px; }
.people { margin: 2px 0 6px; }
.chip { display: inline-block; margin-right: 4px; padding: 0 8px; border: 1px solid var(--line); border-radius: 10px; font-size: 12px; }
.badge { padding: 0 8px; border-radius: 10px; background: var(--quote); color: var(--muted); font-size: 12px; }
.bubble { max-width: 420px; padding: 9px 12px; background: var(--card); border: 1px solid var(--line); overflow-wrap: anywhere; }
.wecom .bubble { border-radius: 4px; }
.dingtalk .bubble { border-radius: 10px; }
.faded .bubble { opacity: .55; }
.text { white-space: pre-wrap; }
.title { font-size: 16px; font-weight: 600; }
.footer { margin-top: 8px; padding-top: 6px; border-top: 1px solid var(--line); color: var(--link); }
.buttons { display: flex; margin-top: 8px; border-top: 1px solid var(--line); }
.buttons.upright { flex-direction: column; }
.button { flex: 1; padding: 6px; text-align: center; color: var(--link); overflow: hidden; text-overflow: ellipsis; }
.upright .button + .button { border-top: 1px solid var(--line); }
.buttons:not(.upright) .button + .button { border-left: 1px solid var(--line); }
.media { padding: 6px 8px; background: var(--quote); border-radius: 6px; color: var(--muted); font-size: 13px; }
.upload { display: block; margin-top: 8px; color: var(--link); font-size: 13px; }
.upload img { display: block; max-width: 100%; max-height: 240px; border-radius: 4px; }
.row { display: flex; gap: 8px; align-items: center; padding: 4px 0; }
.head { margin: -9px -12px 8px; padding: 6px 12px; background: var(--quote); font-weight: 600; }
.number { font-size: 24px; line-height: 32px; }
.h1 { font-size: 18px; font-weight: 600; } .h2 { font-size: 17px; font-weight: 600; } .h3 { font-size: 16px; font-weight: 600; }
.h4, .h5, .h6 { font-weight: 600; }
.quote { padding-left: 8px; border-left: 3px solid var(--line); color: var(--muted); }
.item { padding-left: 14px; } .item::before { content: '•'; margin-left: -12px; margin-right: 6px; }
.link, .mention { color: var(--link); }
.tone-info { color: var(--info); } .tone-warning, .tone-highlight { color: var(--warning); }
.tone-comment, .tone-gray { color: var(--muted); }
.sign { font-size: 20px; }
.article + .article { margin-top: 8px; padding-top: 8px; border-top: 1px solid var(--line); }
.fact { display: flex; gap: 12px; justify-content: space-between; }
.choice { display: inline-block; margin: 6px 6px 0 0; padding: 2px 12px; border: 1px solid var(--line); border-radius: 4px; }
form.card { display: block; }
.option { display: block; }
.option input { width: auto; }
.choice.grey { color: var(--muted); background: var(--quote); }
button.choice { cursor: pointer; }
.told { color: var(--warning); font-size: 13px; }
.choice.style-1 { color: var(--link); border-color: var(--link); } .choice.style-2 { color: var(--warning); }
.drops, .note, .bar { margin-top: 6px; padding: 4px 10px; border-radius: 6px; background: var(--amber); color: var(--amber-text); font-size: 13px; }
details { margin-top: 4px; color: var(--muted); font-size: 12px; }
summary { cursor: pointer; }
pre { margin: 4px 0; padding: 8px; overflow: auto; background: var(--quote); border-radius: 6px; font-size: 12px; white-space: pre-wrap; }
code { padding: 0 4px; background: var(--quote); border-radius: 3px; }
`;
