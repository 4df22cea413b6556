import type { JsonObject, JsonValue } from '#libs/core';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** The part of JSON Schema that the description uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly JsonValue[];
  readonly example?: JsonValue;
  readonly default?: JsonValue;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema?: Schema;
  readonly example?: JsonValue;
}

interface RequestBody {
  readonly required?: boolean;
  readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: JsonValue }>>;
}

/** One call of the API, as its description has it. */
export interface Operation {
  /** `post /v1/messages/{id}/recall` */
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body?: RequestBody;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>;
  /** Alternatives of scopes that are enough; none: public. */
  readonly security: readonly (readonly string[])[];
}

export interface ApiDescription {
  readonly operations: readonly Operation[];
  resolve(schema: Schema): Schema;
}

type RawOperation = Pick<Operation, 'responses'> & {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
};

export function describedBy(document: JsonObject): ApiDescription {
  const paths = document['paths'] as unknown as Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  const { schemas } = document['components'] as unknown as { schemas: Readonly<Record<string, Schema>> };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => operationOf(method as Method, path, raw)),
  );
  const resolve = (schema: Schema): Schema => {
    const named = schema.$ref?.split('/').at(-1);
    const found = named === undefined ? schema : schemas[named];
    if (!found) throw new Error(`The description has no schema ${named}`);
    return found;
  };
  return { operations, resolve };
}

const operationOf = (method: Method, path: string, raw: RawOperation): Operation => ({
  name: `${method} ${path}`,
  method,
  path,
  parameters: raw.parameters ?? [],
  responses: raw.responses,
  security: (raw.security ?? []).map((alternative) => Object.values(alternative).flat()),
  ...(raw.requestBody && { body: raw.requestBody }),
});

/** Fills path parameters by name, else by the given text. */
export const addressOf = ({ path }: Operation, values: Readonly<Record<string, string>>, otherwise: string): string =>
  path.replace(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(values[name] ?? otherwise));

export const jsonSchemaOf = ({ body }: Operation): Schema | undefined => body?.content['application/json']?.schema;
