import { Module } from '@nestjs/common';
import { DirectoryModule } from '#libs/directory';
import { SecurityModule } from '#libs/security';
import { CustomersController } from './customers.controller.js';

@Module({ imports: [DirectoryModule, SecurityModule], controllers: [CustomersController] })
export class CustomersApiModule {}
