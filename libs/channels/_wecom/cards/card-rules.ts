import { isJsonObject } from '#libs/core';
import { isGiven, requiredWhen, type Rule } from '../../field-rules.js';

/** A text notice needs a title or a second title. */
export const titleOrSubtitle: Rule = ({ main_title: main, sub_title_text: subtitle }) =>
  isGiven(subtitle) || (isJsonObject(main) && isGiven(main['title']))
    ? []
    : [
        {
          path: ['main_title', 'title'],
          code: 'missing_field',
          message: 'main_title.title or sub_title_text is required',
        },
      ];

/** What the types 1, 2 and 3 of a horizontal row need: a link, a file, a member. */
export const ROW_RULES: readonly Rule[] = [
  requiredWhen('type', 1, 'url'),
  requiredWhen('type', 2, 'media_id'),
  requiredWhen('type', 3, 'userid'),
];
