import { Injectable, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { InvariantError } from '#libs/core';
import { PRODUCT_VERSION } from '../product-version.js';

const DESCRIPTION =
  'Send messages to people and groups by template code, follow them, and take them back. ' +
  'Every error is `application/problem+json`; `GET /v1/errors` lists the codes, `GET /v1/reasons` the reasons.';

/** The description of this API, generated from the controllers. */
@Injectable()
export class OpenApiDocument {
  private document: OpenAPIObject | undefined;

  /** Once, when all modules are loaded. */
  generate(app: INestApplication): void {
    const base = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Hongyan API')
      .setDescription(DESCRIPTION)
      .setVersion(PRODUCT_VERSION)
      .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
      .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: `hy_…`' })
      .build();
    this.document = SwaggerModule.createDocument(app, base, {
      operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
    });
  }

  get(): OpenAPIObject {
    if (!this.document) throw new InvariantError('The API description is asked for before it was generated');
    return this.document;
  }
}
