/** The id of a write key: the first half of its hash (64 hexadecimal digits) as a UUID of version 8. */
export const keyIdOf = (sha256: string): string => sha256.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).{32}$/, '$1-$2-8$3-8$4-$5');

/** The same of the column `sha256`, as the view has it. */
export const keyIdColumn = `overlay(overlay(substr(sha256, 1, 32) placing '8' from 13) placing '8' from 17)::uuid`;
