import { SetMetadata } from '@nestjs/common';

/** Who may call a route. A route without this is open to nobody. */
export type AccessLevel = 'anyone' | 'read' | 'admin';

export const accessKey = 'throughline:access';

export const Access = (level: AccessLevel) => SetMetadata(accessKey, level);
