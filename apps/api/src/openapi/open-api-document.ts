import { STATUS_CODES } from 'node:http';
import { Injectable, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { InvariantError } from '#libs/core';
import { KEY_SCHEME } from '../http/index.js';
import { PRODUCT_VERSION } from '../product-version.js';

const DESCRIPTION =
  'Send messages to people and groups by template code, follow them, and take them back. ' +
  'Every error is `application/problem+json`; `GET /v1/errors` lists the codes, `GET /v1/reasons` the reasons.';

/** The description of this API, generated from the controllers when somebody asks for it first: that takes a second. */
@Injectable()
export class OpenApiDocument {
  private app: INestApplication | undefined;
  private document: OpenAPIObject | undefined;

  /** Once, when all modules are loaded. */
  describe(app: INestApplication): void {
    this.app = app;
  }

  get(): OpenAPIObject {
    if (!this.app) throw new InvariantError('The API description is asked for before there is an API');
    return (this.document ??= generate(this.app));
  }
}

function generate(app: INestApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Hongyan API')
    .setDescription(DESCRIPTION)
    .setVersion(PRODUCT_VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'An API key: `hy_…`; a call lists the scopes that it needs' },
      KEY_SCHEME,
    )
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  addUsualProblems(document);
  return document;
}

/** Problems of every call that needs a key, of those that name something, of those with a JSON body: the foundation's. */
const OF_EACH_CALL = ['422'] as const;
const OF_EACH_NAME = ['404'] as const;
const OF_EACH_BODY = ['400', '413', '415'] as const;

function addUsualProblems({ paths }: OpenAPIObject): void {
  for (const [address, path] of Object.entries(paths)) {
    for (const method of ['get', 'post', 'put', 'delete'] as const) {
      const operation = path[method];
      const pattern = operation?.responses['401'];
      if (!operation || !pattern || '$ref' in pattern) continue;
      const takesJson =
        operation.requestBody &&
        !('$ref' in operation.requestBody) &&
        'application/json' in operation.requestBody.content;
      const namesSomething = address.includes('{');
      const usual = [...OF_EACH_CALL, ...(namesSomething ? OF_EACH_NAME : []), ...(takesJson ? OF_EACH_BODY : [])];
      for (const status of usual) {
        operation.responses[status] ??= { ...pattern, description: STATUS_CODES[status] ?? 'Problem' };
      }
    }
  }
}
