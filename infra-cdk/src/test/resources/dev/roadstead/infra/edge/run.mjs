// Runs an edge function on events, one line of JSON each; prints one line each of what it answers and which origin it chose.
import { createInterface } from 'node:readline';
import { world } from 'cloudfront';
import { handler } from './function.mjs';

console.log = console.error;

for await (const line of createInterface({ input: process.stdin })) {
  const { event, values, now } = JSON.parse(line);
  world.set(values || {});
  world.reset();
  if (now) Date.now = () => now;
  const answer = await handler(event);
  process.stdout.write(JSON.stringify({ answer, origin: world.origin(), reads: world.reads() }) + '\n');
}
