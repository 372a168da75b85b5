/** CPU time of this thread so far, milliseconds: what other programs on the machine take is not counted. */
export function cpuNow(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
