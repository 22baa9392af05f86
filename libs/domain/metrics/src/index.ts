export { isNodeSuppressed, nodePopularity, sumMenu, type MenuVisit, type NodePopularity, type NodeSums } from './menus/node-popularity';
export {
  activeDays,
  dayMs,
  dimensions,
  inks,
  repeatDays,
  repeatMs,
  rowKinds,
  smallN,
  suppressedBelow,
  units,
  type Asked,
  type Contribution,
  type DatedBy,
  type Dimension,
  type Ink,
  type Metric,
  type RowKind,
  type RowOf,
  type Unit,
} from './registry/metric';
export { metricOf, metrics, metricsOver, registry, tiles, type AnyMetric } from './registry/registry';
export { turningPoints, unchangedUntil } from './registry/unchanged-until';
export { changeInWords, directions, type Change, type Direction } from './statistics/change-in-words';
export { clusteredMean } from './statistics/clustered-mean';
export { differenceOf, type Difference } from './statistics/difference';
export { estimateOf, type Estimate } from './statistics/estimate';
export { formatNumber, scaleOf } from './statistics/format-number';
export { z95, type Interval } from './statistics/interval';
export { momentsOf, noMoments, type Moments } from './statistics/moments';
export { newcombeInterval } from './statistics/newcombe-interval';
export { decimalsFor } from './statistics/rounding';
export { t95, tInterval } from './statistics/t-interval';
export { trinomialVariance } from './statistics/trinomial-variance';
export { welchInterval, type MeanEstimate } from './statistics/welch-interval';
export { whatMovedIt, type SliceContribution, type SliceOfTwoPeriods, type WhatMovedIt } from './statistics/what-moved-it';
export { wilsonInterval } from './statistics/wilson-interval';
export { buckets, bucketStart, bucketStarts, isZone, nextBucketStart, type Bucket } from './time/buckets';
export {
  bucketFor,
  compares,
  comparedPeriod,
  dayOf,
  isDay,
  mostDays,
  periodOf,
  readRange,
  sparkBuckets,
  sparkOf,
  type Compare,
  type ComparedPeriod,
  type Period,
  type Range,
} from './time/period';
