import { Inject, Injectable } from '@nestjs/common';
import { AssetCheck, type AssetVisibility } from '#libs/assets';
import { ChannelRegistry, fieldsOf, shapeOf, type Content, type Mention } from '#libs/channels';
import {
  jsonPointer,
  sizeOf,
  type ClassOf,
  type Fault,
  type JsonObject,
  type JsonValue,
  type SizeLimit,
} from '#libs/core';
import type { CompiledRoute, CompiledTemplate } from './compiled-template.js';
import { DefinitionValidator } from './definition/definition-validator.js';
import type { RenderNote } from './overlong.js';
import type { Params } from './placeholders.js';
import { missingVariables, renderRoute } from './render-route.js';
import { compileTemplate } from './template-compiler.js';
import { TemplatesService } from './templates.service.js';

type Path = readonly (string | number)[];

/** How long a text of a rendered content is. */
export interface FieldCounter {
  /** Into the rendered content. */
  readonly pointer: string;
  readonly bytes: number;
  readonly characters: number;
  /** What the vendor refuses or cuts above. */
  readonly limit?: SizeLimit;
  /** What the vendor advises to stay below. */
  readonly advised?: SizeLimit;
}

export interface RoutePreview {
  readonly no: number;
  readonly channel: string;
  readonly accounts: readonly string[];
  readonly kind: string;
  readonly content: Content;
  readonly mentions: readonly Mention[];
  readonly counters: readonly FieldCounter[];
  /** What a send with these values would be refused for. */
  readonly faults: readonly Fault[];
  readonly notes: readonly RenderNote[];
}

function countersOf(type: ClassOf<object>, value: JsonValue | undefined, path: Path): FieldCounter[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return fieldsOf(shapeOf(type, value)).flatMap(({ name, limit, soft, item }) => {
    const member = value[name];
    const at = [...path, name];
    if (typeof member === 'string') return [counterOf(member, at, limit, soft)];
    if (!item) return [];
    if (!Array.isArray(member)) return countersOf(item(), member, at);
    return member.flatMap((entry, index) => countersOf(item(), entry, [...at, index]));
  });
}

const counterOf = (text: string, path: Path, limit?: SizeLimit, advised?: SizeLimit): FieldCounter => ({
  pointer: jsonPointer(...path),
  bytes: sizeOf(text, 'bytes'),
  characters: sizeOf(text, 'characters'),
  ...(limit && { limit }),
  ...(advised && { advised }),
});

/** The examples of variables stand in for values that are not given. */
function withExamples(template: CompiledTemplate, params: Params): Params {
  const examples = template.variables.flatMap(({ name, example }) =>
    example === undefined ? [] : [[name, example] as const],
  );
  return { ...Object.fromEntries(examples), ...params };
}

const contentPath = (base: Path, { no }: CompiledRoute): Path => [...base, 'routes', no - 1, 'content'];

function previewRoute(template: CompiledTemplate, route: CompiledRoute, params: Params, base: Path): RoutePreview {
  const at = contentPath(base, route);
  const { content, mentions, faults, notes } = renderRoute(route, withExamples(template, params), [], at);
  return {
    no: route.no,
    channel: route.channel.name,
    accounts: route.accounts,
    kind: route.kind,
    content,
    mentions,
    counters: countersOf(route.contentClass, content, []),
    faults: [...missingVariables(route, params), ...faults],
    notes,
  };
}

/** Previews of templates, saved or not. */
@Injectable()
export class TemplatePreview {
  constructor(
    @Inject(TemplatesService) private readonly templates: TemplatesService,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(DefinitionValidator) private readonly validator: DefinitionValidator,
    @Inject(AssetCheck) private readonly assets: AssetCheck,
  ) {}

  /**
   * @param base where the draft stands in the request's body.
   * @throws ValidationError when the draft could not be saved.
   */
  async ofDraft(draft: JsonObject, params: Params, base: Path, reader: AssetVisibility): Promise<RoutePreview[]> {
    const { definition, code } = await this.validator.validate(draft, { author: reader, base });
    return this.preview(compileTemplate(this.channels, code ?? 'draft', 0, definition), params, base, reader);
  }

  /**
   * @param version default: the newest one.
   * @throws NotFoundError
   */
  async ofVersion(
    code: string,
    version: number | undefined,
    params: Params,
    reader: AssetVisibility,
  ): Promise<RoutePreview[]> {
    const saved = await (version === undefined ? this.templates.get(code) : this.templates.getVersion(code, version));
    const { definition } = saved.version;
    return this.preview(compileTemplate(this.channels, code, saved.version.version, definition), params, [], reader);
  }

  private preview(
    template: CompiledTemplate,
    params: Params,
    base: Path,
    reader: AssetVisibility,
  ): Promise<RoutePreview[]> {
    return Promise.all(
      template.routes.map(async (route) => {
        const shown = previewRoute(template, route, params, base);
        const { channel, contentClass, ownAssets: granted } = route;
        const checked = { channel, contentClass, content: shown.content, base: contentPath(base, route), granted };
        return { ...shown, faults: [...shown.faults, ...(await this.assets.faultsOf([checked], reader))] };
      }),
    );
  }
}
