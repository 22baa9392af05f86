export { Loaded } from '../ui/loaded';
