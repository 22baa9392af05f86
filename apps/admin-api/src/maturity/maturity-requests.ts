import { criteria, dimensions, maturityLevels } from '@throughline/domain-maturity';
import { z } from 'zod';

const attested = criteria.filter(({ check }) => check.kind === 'attested').map(({ id }) => id) as [string, ...string[]];

/** Only what no system can know is attested. */
export const attestationBody = z.strictObject({
  criterion: z.enum(attested),
  holds: z.boolean(),
  comment: z.string().trim().max(1000).default(''),
  /** Days until it has to be said again. */
  validDays: z.int().min(1).max(400).default(180),
});

const level = z.enum(maturityLevels).nullable();
/** How people see themselves in a dimension, and where they want to be. */
export const aimBody = z.strictObject({ dimension: z.enum(dimensions), claimed: level.default(null), target: level.default(null) });
