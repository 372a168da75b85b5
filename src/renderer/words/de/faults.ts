/** Störungen bei uns oder auf dem Weg zu Cloudflare: die Worte der Alarme und Nachrichten, damit alle dasselbe sagen. */
export { sentence } from '../../../shared/alert-words/de/faults.ts';
