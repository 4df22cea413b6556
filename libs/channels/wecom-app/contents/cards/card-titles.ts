import { optionalTitleWith, titleWith } from '../../../_wecom/cards/card-parts.js';

/** Of a text notice, which may do with its second title. */
export class OptionalTitle extends optionalTitleWith({ title: 36, description: 44 }) {}

/** Of news notices and of cards with buttons. */
export class MainTitle extends titleWith({ title: 36, description: 44 }) {}

export class VoteTitle extends titleWith({ title: 16, description: 160 }) {}

export class FormTitle extends titleWith({ title: 36, description: 160 }) {}
