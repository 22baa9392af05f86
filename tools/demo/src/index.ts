export { sources, type DemoEvent, type EventTruth, type SourceName } from './demo-event';
export { generateWorld, type World, type WorldOptions } from './generate-world';
export { malformedKinds, type Delivery, type MalformedKind } from './disorder';
export { danaExpected, danaStartsAt } from './dana';
export { eventIdOf } from './event-id';
export { postedForm } from './posted-form';
export { sizes, worldOf, type Size } from './sizes';
export type { PlantedFacts, Truth, TruthPerson, TruthRow } from './truth';
