import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, ValidateIf } from 'class-validator';
import { HABITS, Habits, type Habit } from '../world/habits.js';
import { JsonBodyPipe } from './json-body.pipe.js';

/** Body of `POST /_sandbox/people/habits`. */
export class HabitsDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @IsString({ each: true })
  ids!: string[];

  /** Null: like everybody else again. */
  @ValidateIf(({ habit }: HabitsDto) => habit !== null)
  @IsIn(HABITS)
  habit!: Habit | null;
}

@Controller('_sandbox/people/habits')
export class HabitsController {
  constructor(private readonly habits: Habits) {}

  @Get()
  get(): Readonly<Record<string, Habit>> {
    return this.habits.shown();
  }

  @Post()
  @HttpCode(200)
  set(@Body(new JsonBodyPipe(HabitsDto)) { ids, habit }: HabitsDto): Readonly<Record<string, Habit>> {
    this.habits.set(ids, habit);
    return this.habits.shown();
  }
}
