// Lets plain Node run the TypeScript below test/ and libs/testing: import this before the file to be run.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
