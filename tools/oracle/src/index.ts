export { oracleHierarchy } from './hierarchy/oracle-hierarchy';
export type { OwnedEvent } from './hierarchy/reading';
