export { Database, type DatabaseOptions, type PoolState } from './database';
export { Transaction, type ColumnValues } from './transaction';
export type { CopyValue } from './copy-text';
export { isConflict, isTransient, TransientError } from './transient';
export { outboxTable, type OutboxRow } from './outbox';
export { failpoint, failpoints, poison, type FailpointName } from './failpoint';
export { childOf, currentTrace, currentTraceparent, formatTraceparent, newTrace, parseTraceparent, withTrace, type TraceContext } from './trace';
export { migrate, migrationsCurrent, type Migration, type ServiceRole } from './migrate';
export { Lease, leaseTable } from './lease';
