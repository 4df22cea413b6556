import { variablesOf, type RouteDefinition, type TemplateRecord, type TemplateVersionEntity } from '#libs/templates';
import type { RouteDto, TemplateDto, TemplateVersionDto } from './template.dto.js';

function presentRoute({ channel, accounts, content, options }: RouteDefinition): RouteDto {
  const [account, ...more] = accounts;
  return {
    channel,
    ...(account !== undefined && more.length === 0 ? { account } : { accounts: [...accounts] }),
    content,
    options,
  };
}

/** A template with one of its versions, as it could be saved again. */
export function presentTemplate({ template, version }: TemplateRecord): TemplateDto {
  const { definition } = version;
  return {
    code: template.code,
    ...definition,
    variables: variablesOf(definition).map(({ routes: _routes, ...variable }) => variable),
    routes: definition.routes.map(presentRoute),
    fallback: definition.fallback && { ...definition.fallback, on: [...definition.fallback.on] },
    enabled: template.enabled,
    version: version.version,
    latestVersion: template.latestVersion,
    publishedVersion: template.publishedVersion,
    createdAt: template.createdAt,
    updatedAt: template.updatedAt,
  };
}

export const presentVersion = ({
  version,
  definition,
  publishedAt,
  createdBy,
  createdAt,
}: TemplateVersionEntity): TemplateVersionDto => ({
  version,
  name: definition.name,
  publishedAt,
  createdBy,
  createdAt,
});
