export type { CompiledRoute, CompiledTemplate, VariableSpec } from './compiled-template.js';
export { compileDigest, compileInline, compileTemplate } from './template-compiler.js';
export { countFitting, isMergeable, type DigestContent, type DigestPart } from './digest-content.js';
export { contentHash, missingVariables, renderContent, renderRoute, type RenderedRoute } from './render-route.js';
export type { RenderNote } from './overlong.js';
export { mergeMentions, parseMentions } from './mentions.js';
export type { Params } from './placeholders.js';
export { TemplateCatalogue } from './template-catalogue.js';
export { TemplateNumbers } from './template-numbers.js';
export { TemplatesModule } from './templates.module.js';
export {
  TEMPLATE_CODE,
  VARIABLE_NAME,
  type AmbiguityRule,
  type DedupeRules,
  type FallbackRule,
  type InlineContent,
  type OverflowRule,
  type QuietHours,
  type RouteDefinition,
  type Strategy,
  type TemplateDefinition,
  type UnknownUserRule,
  type VariableDefinition,
  type WindowRule,
} from './template-definition.js';
export { TemplatePreview, type FieldCounter, type RoutePreview } from './template-preview.js';
export type { Actor } from './template-changes.js';
export { TemplatesService, type TemplateRecord } from './templates.service.js';
export type { TemplateFilter, TemplatePosition, TemplateSummary } from './template.repository.js';
export type { TemplateVersionEntity } from './template-version.entity.js';
export type { RevisionCheck } from './template-changes.js';
export { variablesOf } from './variables.js';
