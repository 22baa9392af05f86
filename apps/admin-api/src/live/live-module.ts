import { Global, Module } from '@nestjs/common';
import { CustomersModule } from '../customers/customers-module';
import { Doorbells } from './doorbells';
import { LiveHub } from './live-hub';
import { StreamController } from './stream-controller';

/** What changes while a page is open. Any feature may say so: `LiveHub.say(topic)`, with its topic in `live-topics.ts`. */
@Global()
@Module({ imports: [CustomersModule], controllers: [StreamController], providers: [LiveHub, Doorbells], exports: [LiveHub] })
export class LiveModule {}
