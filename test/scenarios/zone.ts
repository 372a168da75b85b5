/** Imported first: the words of the board tell times in the zone of the process, and formatters read it once. */
process.env.TZ = 'UTC';
