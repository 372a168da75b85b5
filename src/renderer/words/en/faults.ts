/** Faults of ours, or of the way to Cloudflare: the words of alerts and notices, so that all say the same. */
export { sentence } from '../../../shared/alert-words/en/faults.ts';
