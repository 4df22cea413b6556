import type { JsonValue } from '#libs/core';
import type { VariableSpec } from './compiled-template.js';
import { parsePlaceholders } from './placeholders.js';
import type { TemplateDefinition } from './template-definition.js';

/** Names of all placeholders in a content, each once. */
export function placeholdersIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [...new Set(parsePlaceholders(value).names)];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap((member) => placeholdersIn(member)))];
}

/** The variables of a template: those it lists, then the placeholders that it only uses. */
export function variablesOf({ variables, routes }: TemplateDefinition): VariableSpec[] {
  const listed = new Map(variables.map((variable) => [variable.name, variable]));
  const used = routes.map(({ content }) => new Set(placeholdersIn(content)));
  const names = new Set([...listed.keys(), ...used.flatMap((names) => [...names])]);
  return [...names].map((name) => ({
    ...(listed.get(name) ?? { name, required: true }),
    routes: used.flatMap((names, index) => (names.has(name) ? [index + 1] : [])),
  }));
}
