import { v5 } from 'uuid';

const namespace = '5b0c1f3e-0d0a-5d0b-8f52-2f6c8f1f6a61';

/** The id of something that the centre's people make: the same each time, so that it is made once however often it is asked for. */
export const workId = (...parts: readonly (string | number)[]): string => v5(parts.join('/'), namespace);
