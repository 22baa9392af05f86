import { z } from 'zod';

const topic = z.string().regex(/^[a-z-]+(:[\w-]{1,80})?$/, 'is a name, or a name and an id: journey:<customer id>');

/** Topics with commas between them. */
export const streamQuery = z.object({
  topics: z
    .string()
    .max(4_000)
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(topic).min(1).max(50)),
});
