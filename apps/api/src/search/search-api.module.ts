import { Module } from '@nestjs/common';
import { FindingModule } from '#libs/insight';
import { SearchController } from './search.controller.js';

@Module({ imports: [FindingModule], controllers: [SearchController] })
export class SearchApiModule {}
