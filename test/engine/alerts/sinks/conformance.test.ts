import { conforms } from './conformance.ts';
import { LOCAL_BEDS } from './local-beds.ts';
import { WEB_BEDS } from './web-beds.ts';

for (const [type, open] of Object.entries({ ...WEB_BEDS, ...LOCAL_BEDS })) conforms(type, open);
