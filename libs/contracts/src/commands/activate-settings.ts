import { z } from 'zod';
import { defaultHierarchySettings } from '../settings/hierarchy-settings';
import { hierarchySettingsSchema } from '../settings/hierarchy-settings-schema';
import { defineCommand } from './define-command';

/** Makes a new version of the hierarchy's settings the one in force and rebuilds every customer with it. `version` must be above every earlier one. */
export const activateSettings = defineCommand({
  name: 'sessionization.activateSettings',
  request: z.object({ settings: hierarchySettingsSchema, by: z.string().min(1).max(200) }),
  reply: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('activated'), version: z.int(), customers: z.int() }),
    z.object({ kind: z.literal('repeated'), version: z.int() }),
    z.object({ kind: z.literal('refused'), reason: z.string() }),
  ]),
  example: { settings: { ...defaultHierarchySettings, version: 2 }, by: 'ci-analyst' },
});
