import { describe, expect, it } from '@jest/globals';
import { inFieldOrder } from './field-order.js';
import { ListField, ObjectField, TextField } from './fields.js';

const label = { zh: '字段', en: 'Field' };

class Article {
  @TextField({ label })
  title!: string;
  @TextField({ label })
  url!: string;
}

class News {
  @ObjectField({ label, item: () => Article })
  lead!: Article;
  @ListField({ label, item: () => Article })
  articles!: Article[];
  @TextField({ label, required: false })
  note?: string;
}

describe('the order of fields', () => {
  it('is that of the class, in nested objects and lists too', () => {
    const shuffled = {
      note: 'n',
      articles: [{ url: 'u', title: 't' }],
      lead: { url: 'u', title: 't' },
    };
    expect(JSON.stringify(inFieldOrder(News, shuffled))).toBe(
      '{"lead":{"title":"t","url":"u"},"articles":[{"title":"t","url":"u"}],"note":"n"}',
    );
  });

  it('adds nothing, drops nothing, and puts what the class does not know at the end', () => {
    expect(JSON.stringify(inFieldOrder(News, { extra: 1, note: '', lead: null }))).toBe(
      '{"lead":null,"note":"","extra":1}',
    );
  });
});
