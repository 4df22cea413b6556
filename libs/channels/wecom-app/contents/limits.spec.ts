import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '#libs/core';
import { checkRendered, checkStructure, contentKindOf } from '../../content.js';
import { WECOM_APP_CONTENTS } from './index.js';

const typeOf = (kind: string) => {
  const type = WECOM_APP_CONTENTS.find((candidate) => contentKindOf(candidate).kind === kind);
  if (!type) throw new TypeError(`no kind ${kind}`);
  return type;
};

const faultsOf = (kind: string, body: JsonObject): string[] =>
  checkRendered(typeOf(kind), body, []).map(({ pointer, code }) => `${pointer} ${code}`);

const times = (count: number, item: JsonValue): JsonValue[] => Array.from({ length: count }, () => item);
const article = (fields: JsonObject): JsonObject => ({ articles: [{ title: 'a', url: 'https://e.cn', ...fields }] });
const stored = (fields: JsonObject): JsonObject => ({
  articles: [{ title: 'a', thumb_media_id: '3Img-1', content: '<p>a</p>', ...fields }],
});
const notice = (fields: JsonObject): JsonObject => ({ appid: 'wx0f', title: '会议室预定', ...fields });

describe('the content of an app message', () => {
  it.each<[string, string, JsonObject, string[]]>([
    ['no media id', 'image', {}, ['/media_id missing_field']],
    ['an empty media id', 'file', { media_id: '' }, ['/media_id missing_field']],
    ['the short form of an asset', 'voice', { asset: '01h' }, []],
    ['an asset as media id', 'video', { media_id: 'asset:01h' }, []],
    ['129 bytes of video title', 'video', { media_id: 'a', title: 'a'.repeat(129) }, ['/title content_too_long']],
    ['128 bytes of video title', 'video', { media_id: 'a', title: 'a'.repeat(128), description: '' }, []],
    ['no article', 'news', { articles: [] }, ['/articles too_few_items']],
    [
      'nine articles',
      'news',
      { articles: times(9, { title: 'a', url: 'https://e.cn' }) },
      ['/articles too_many_items'],
    ],
    ['an article that leads nowhere', 'news', { articles: [{ title: 'a' }] }, ['/articles/0/url missing_field']],
    ['an app id without page', 'news', article({ appid: 'wx0f' }), ['/articles/0/pagepath missing_field']],
    ['a page without app id', 'news', article({ pagepath: 'p' }), ['/articles/0/appid missing_field']],
    ['a link of another scheme', 'news', article({ url: 'ftp://e.cn' }), ['/articles/0/url invalid_value']],
    ['a picture as asset', 'news', article({ picurl: 'asset:01h' }), []],
    ['a picture without scheme', 'news', article({ picurl: 'e.cn/a.png' }), ['/articles/0/picurl invalid_value']],
    [
      '171 Chinese characters of text',
      'news',
      article({ description: '长'.repeat(171) }),
      ['/articles/0/description content_too_long'],
    ],
    ['65 bytes of author', 'mpnews', stored({ author: 'a'.repeat(65) }), ['/articles/0/author content_too_long']],
    ['666 KB of body', 'mpnews', stored({ content: 'a'.repeat(666 * 1024) }), []],
    [
      'more than 666 KB of body',
      'mpnews',
      stored({ content: 'a'.repeat(666 * 1024 + 1) }),
      ['/articles/0/content content_too_long'],
    ],
    ['a cover that is missing', 'mpnews', stored({ thumb_media_id: '' }), ['/articles/0/thumb_media_id content_empty']],
    ['a title of 3 characters', 'miniprogram_notice', notice({ title: '会议室' }), ['/title invalid_value']],
    ['a title of 13 characters', 'miniprogram_notice', notice({ title: '长'.repeat(13) }), ['/title content_too_long']],
    ['a description that is empty', 'miniprogram_notice', notice({ description: '' }), []],
    [
      'eleven items',
      'miniprogram_notice',
      notice({ content_item: times(11, { key: 'a', value: 'b' }) }),
      ['/content_item too_many_items'],
    ],
    ['an item that is empty', 'miniprogram_notice', notice({ content_item: [{ key: '', value: '' }] }), []],
    [
      'an item that is half empty',
      'miniprogram_notice',
      notice({ content_item: [{ key: 'a', value: '' }] }),
      ['/content_item/0/value content_empty'],
    ],
    [
      'an item key of 11 characters',
      'miniprogram_notice',
      notice({ content_item: [{ key: '长'.repeat(11), value: 'b' }] }),
      ['/content_item/0/key content_too_long'],
    ],
    [
      'an item value of 31 characters',
      'miniprogram_notice',
      notice({ content_item: [{ key: 'a', value: '长'.repeat(31) }] }),
      ['/content_item/0/value content_too_long'],
    ],
  ])('is judged like the vendor does: %s', (_name, kind, body, faults) => {
    expect(faultsOf(kind, body)).toEqual(faults);
  });
});

describe('a template card', () => {
  const text = (fields: JsonObject): JsonObject => ({
    card_type: 'text_notice',
    main_title: { title: 'a' },
    card_action: { type: 1, url: 'https://e.cn' },
    ...fields,
  });
  const news = (fields: JsonObject): JsonObject => text({ card_type: 'news_notice', ...fields });
  const buttons = (fields: JsonObject): JsonObject => ({
    card_type: 'button_interaction',
    main_title: { title: 'a' },
    button_list: [{ text: 'a', key: 'a' }],
    ...fields,
  });
  const vote = (options: JsonValue[]): JsonObject => ({
    card_type: 'vote_interaction',
    main_title: { title: 'a' },
    checkbox: { question_key: 'q', option_list: options },
    submit_button: { key: 's' },
  });
  const row = (fields: JsonObject): JsonObject => text({ horizontal_content_list: [{ keyname: 'a', ...fields }] });
  const menu = (...keys: string[]): JsonObject =>
    text({ action_menu: { action_list: keys.map((key) => ({ text: 'a', key })) } });

  it.each<[string, JsonObject, string[]]>([
    ['no card type', { main_title: { title: 'a' } }, ['/card_type missing_field']],
    ['an unknown card type', { card_type: 'telegram', main_title: {} }, ['/card_type invalid_value']],
    ['an inherited name as card type', { card_type: 'constructor' }, ['/card_type invalid_value']],
    ['a block of another card', text({ button_list: [] }), ['/button_list unknown_field']],
    ['neither title', text({ main_title: { desc: 'a' } }), ['/main_title/title missing_field']],
    ['only the second title', text({ main_title: {}, sub_title_text: 'a' }), []],
    ['no click', text({ card_action: {} }), ['/card_action/type missing_field']],
    ['a click of type 0', text({ card_action: { type: 0 } }), ['/card_action/type invalid_value']],
    ['a link without address', text({ card_action: { type: 1 } }), ['/card_action/url missing_field']],
    ['a mini program without id', text({ card_action: { type: 2 } }), ['/card_action/appid missing_field']],
    ['a row that links nowhere', row({ type: 1 }), ['/horizontal_content_list/0/url missing_field']],
    ['a row without its file', row({ type: 2 }), ['/horizontal_content_list/0/media_id missing_field']],
    ['a row without its member', row({ type: 3 }), ['/horizontal_content_list/0/userid missing_field']],
    ['a row of type 4', row({ type: 4 }), ['/horizontal_content_list/0/type invalid_value']],
    [
      'seven rows',
      text({ horizontal_content_list: times(7, { keyname: 'a' }) }),
      ['/horizontal_content_list too_many_items'],
    ],
    ['four jumps', text({ jump_list: times(4, { title: 'a' }) }), ['/jump_list too_many_items']],
    ['a blank in the task id', text({ task_id: 'a b' }), ['/task_id invalid_value']],
    ['129 bytes of task id', text({ task_id: 'a'.repeat(129) }), ['/task_id content_too_long']],
    ['four menu entries', menu('a', 'b', 'c', 'd'), ['/action_menu/action_list too_many_items']],
    ['equal menu keys', menu('a', 'b', 'a'), ['/action_menu/action_list/2/key duplicate_item']],
    ['1,025 bytes of menu key', menu('a'.repeat(1025)), ['/action_menu/action_list/0/key content_too_long']],
    ['a colour of 4', text({ source: { desc_color: 4 } }), ['/source/desc_color invalid_value']],
    ['advised lengths exceeded', text({ main_title: { title: '长'.repeat(37), desc: '长'.repeat(45) } }), []],
    ['news without any picture', news({}), ['/card_image missing_field']],
    ['a ratio at its end', news({ card_image: { url: 'https://e.cn/a.png', aspect_ratio: 2.25 } }), []],
    [
      'a ratio of 2.26',
      news({ card_image: { url: 'https://e.cn/a.png', aspect_ratio: 2.26 } }),
      ['/card_image/aspect_ratio out_of_range'],
    ],
    [
      'a ratio as text',
      news({ card_image: { url: 'asset:01h', aspect_ratio: '2' } }),
      ['/card_image/aspect_ratio wrong_type'],
    ],
    [
      'five vertical rows',
      news({ image_text_area: { image_url: 'https://e.cn/a.png' }, vertical_content_list: times(5, { title: 'a' }) }),
      ['/vertical_content_list too_many_items'],
    ],
    ['a button without key', buttons({ button_list: [{ text: 'a' }] }), ['/button_list/0/key missing_field']],
    [
      'a button that links nowhere',
      buttons({ button_list: [{ text: 'a', type: 1 }] }),
      ['/button_list/0/url missing_field'],
    ],
    [
      'equal button keys',
      buttons({ button_list: times(2, { text: 'a', key: 'a' }) }),
      ['/button_list/1/key duplicate_item'],
    ],
    [
      'seven buttons',
      buttons({ button_list: Array.from({ length: 7 }, (_, n) => ({ text: 'a', key: `${n}` })) }),
      ['/button_list too_many_items'],
    ],
    [
      'a colour on a vote',
      { ...vote([{ id: 'a', text: 'a', is_checked: true }]), source: { desc_color: 1 } },
      ['/source/desc_color unknown_field'],
    ],
    ['an option without state', vote([{ id: 'a', text: 'a' }]), ['/checkbox/option_list/0/is_checked missing_field']],
    [
      'equal option ids',
      vote(times(2, { id: 'a', text: 'a', is_checked: true })),
      ['/checkbox/option_list/1/id duplicate_item'],
    ],
    ['no option', vote([]), ['/checkbox/option_list too_few_items']],
  ])('is judged like the vendor does: %s', (_name, body, faults) => {
    expect(faultsOf('template_card', body)).toEqual(faults);
  });

  it('needs its placeholders to be valid as a template, whatever they will stand for', () => {
    const template = row({ type: 1, value: '{{value}}', url: '{{url}}', keyname: '{{name}}' });
    expect(checkStructure(typeOf('template_card'), { ...template, task_id: '{{id}}' }, [])).toEqual([]);
    expect(checkStructure(typeOf('template_card'), row({ type: 1 }), ['content'])).toMatchObject([
      { pointer: '/content/horizontal_content_list/0/url', code: 'missing_field' },
    ]);
  });
});
