import { administration } from './en/administration';
import { coaching } from './en/coaching';
import { customers } from './en/customers';
import { kpis } from './en/kpis';
import { maturity } from './en/maturity';
import { menus } from './en/menus';
import { quality } from './en/quality';
import { segments } from './en/segments';
import { shell } from './en/shell';
import { sources } from './en/sources';
import { surveys } from './en/surveys';
import { ui } from './en/ui';

/** Every word that a person reads, one object a feature. Another language is another object of the same type in its place. */
export const texts = { administration, shell, ui, kpis, customers, segments, maturity, menus, sources, quality, surveys, coaching };
