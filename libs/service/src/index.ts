export { bootService, SETTINGS, type RunningService, type ServiceOptions } from './boot-service';
export { commands, consumers, sweeps, type CommandHandler, type Consumer, type Sweep } from './handlers';
export { flag, parseSettings, serviceSettings, wholeNumber, type ServiceSettings } from './settings';
export { describeError, Log, openLog } from './log';
export { Metrics } from './metrics';
export { Problem, ProblemFilter } from './problem';
export { Readiness } from './readiness';
export { FailureGuard } from './failure-guard';
export { PathToHierarchy } from './path-to-hierarchy';
