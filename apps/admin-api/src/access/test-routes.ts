import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { accessKey, type AccessRule } from './needs';
import type { AccessWorld } from './test-access';

/** For tests: `METHOD /path` of every route as the router has it, each once. */
export const ownRoutes = (world: AccessWorld): string[] => [...new Set(world.routes)].filter((route) => !/^(HEAD|OPTIONS) /.test(route)).sort();

/** For tests: `METHOD /path` → rule, from the decorators of every handler of the running application. */
export function rulesOfHandlers(world: AccessWorld): Map<string, AccessRule | undefined> {
  const discovery = new DiscoveryService(world.service.app.get(ModulesContainer));
  const scanner = new MetadataScanner();
  const found = new Map<string, AccessRule | undefined>();
  for (const { instance, metatype } of discovery.getControllers()) {
    if (!metatype) continue;
    for (const name of scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
      const handler = (instance as Record<string, object>)[name]!;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) continue;
      const rule = (Reflect.getMetadata(accessKey, handler) ?? Reflect.getMetadata(accessKey, metatype)) as AccessRule | undefined;
      for (const prefix of [Reflect.getMetadata(PATH_METADATA, metatype)].flat())
        for (const path of [Reflect.getMetadata(PATH_METADATA, handler)].flat()) {
          const whole = [prefix, path].join('/').split('/').filter(Boolean).join('/');
          found.set(`${RequestMethod[method]} /${whole}`, rule);
        }
    }
  }
  return found;
}
